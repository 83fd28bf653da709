# `dxassets serve` in a container: docker compose up --build
# Two stages, so that what only builds stays behind. Everything is installed from the locks, by hash.

FROM python:3.12-slim-bookworm AS made
# The text libraries that WeasyPrint loads; their versions are those of the Debian release named above.
# hadolint ignore=DL3008
RUN apt-get update \
    && apt-get install -y --no-install-recommends libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0 \
    && rm -rf /var/lib/apt/lists/*
WORKDIR /src
RUN python -m venv /opt/dxassets
ENV PATH=/opt/dxassets/bin:$PATH
COPY requirements/build.lock requirements/run.lock requirements/
RUN pip install --no-cache-dir --require-hashes --no-deps -r requirements/build.lock \
    && pip install --no-cache-dir --require-hashes --no-deps --no-build-isolation -r requirements/run.lock
COPY pyproject.toml PACKAGE.md LICENSE ./
COPY brand brand
COPY campaigns campaigns
COPY templates templates
COPY dxassets dxassets
# Compiled now, because the file system is read-only later.
RUN pip install --no-cache-dir --no-deps --no-build-isolation . \
    && python -m compileall -q /opt/dxassets/lib
# All that the pages offer is drawn now: the server finds nothing missing, and never has to write.
WORKDIR /srv
ARG CAMPAIGN=daknong-2022
RUN dxassets site "$CAMPAIGN" --built /srv/output --out /tmp/site && rm -rf /tmp/site

FROM python:3.12-slim-bookworm
# hadolint ignore=DL3008
RUN apt-get update \
    && apt-get install -y --no-install-recommends libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0 \
    && rm -rf /var/lib/apt/lists/* \
    && useradd --system --uid 10001 --no-create-home --shell /usr/sbin/nologin dxassets
COPY --from=made /opt/dxassets /opt/dxassets
COPY --from=made /srv/output /srv/output
ENV PATH=/opt/dxassets/bin:$PATH \
    HOME=/tmp \
    PYTHONDONTWRITEBYTECODE=1 \
    PYTHONUNBUFFERED=1
WORKDIR /srv
USER 10001:10001
EXPOSE 8000
HEALTHCHECK --interval=30s --timeout=5s --start-period=30s --retries=3 \
    CMD ["python", "-c", "from urllib.request import urlopen; urlopen('http://127.0.0.1:8000/healthz', timeout=4)"]
ENTRYPOINT ["dxassets"]
CMD ["serve", "--host", "0.0.0.0", "--port", "8000", "--built", "/srv/output"]
