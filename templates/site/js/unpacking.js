// What the site's scripts hand over packed: base64 of a zlib stream (dxassets/renderers/site/goods.py, sharing.py).

/** As a `Response`, whose text, bytes or blob may be asked for. */
export function unpacked(text) {
  const bytes = Uint8Array.from(atob(text), (sign) => sign.charCodeAt(0));
  return new Response(new Blob([bytes]).stream().pipeThrough(new DecompressionStream("deflate")));
}
