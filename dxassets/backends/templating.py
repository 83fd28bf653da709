"""Templates: text with holes, filled and escaped. The only module that imports Jinja2.

Every template is escaped, whatever its name ends in: Jinja2's own rule leaves
``.svg`` alone, and an agency's name is untrusted text. A name that a template
uses and nobody gave is an error, never an empty string.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

from dxassets.backends.silence import quietly_imported
from dxassets.errors import AssetError, Problem

with quietly_imported:
    import jinja2
    from jinja2.sandbox import ImmutableSandboxedEnvironment
    from markupsafe import Markup


def trusted_markup(fragment: str) -> Markup:
    """Mark `fragment` (markup that this package drew itself) as not to be escaped again."""
    return Markup(fragment)  # noqa: S704  (the one door through which markup comes in unescaped)


class Templates:
    """Compiled templates, kept for as long as this object lives.

    `source` gives a template's text for its name, e.g. ``letter/letter.html.j2``;
    it raises LookupError or OSError when there is none. Templates include and
    extend each other under the same names.
    """

    def __init__(
        self, source: Callable[[str], str], *, filters: Mapping[str, Callable[..., object]] | None = None
    ) -> None:
        def load(name: str) -> str | None:
            try:
                return source(name)
            except (LookupError, OSError):
                return None

        # Sandboxed: a project folder may bring its own templates, and may itself be somebody's upload.
        self._environment = ImmutableSandboxedEnvironment(
            loader=jinja2.FunctionLoader(load),
            autoescape=True,
            undefined=jinja2.StrictUndefined,
            auto_reload=False,
            cache_size=-1,
            trim_blocks=True,
            lstrip_blocks=True,
            keep_trailing_newline=True,
        )
        self._environment.filters.update(filters or {})

    def render(self, name: str, context: Mapping[str, object]) -> str:
        """The template `name` filled with `context`.

        Raises AssetError when the template is missing, is not well formed, or
        uses a name that `context` does not have.
        """
        try:
            return self._environment.get_template(name).render(context)
        except jinja2.TemplateNotFound as error:
            raise AssetError(
                Problem(name, f"không tìm thấy mẫu “{error.name}”", f"template {error.name!r} not found")
            ) from error
        except jinja2.TemplateSyntaxError as error:
            where = f"{error.name or name}:{error.lineno}"
            raise AssetError(
                Problem(where, f"mẫu viết sai cú pháp: {error.message}", f"template syntax: {error.message}")
            ) from error
        except jinja2.TemplateError as error:  # UndefinedError and SecurityError among them
            raise AssetError(
                Problem(name, f"mẫu không điền được: {error.message}", f"can't be filled: {error.message}")
            ) from error
