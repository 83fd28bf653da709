// Draws the banners of a feed with one engine and tells how much processor time (of all threads) each took.
//   node draw.mjs ENGINE FEED PART PARTS
// FEED is a folder with feed.json; the PART-th of every PARTS presets is drawn, as PNG, one banner after the
// other. To standard output: {"<preset>": [milliseconds, …]}. The last banner of each preset is kept in FEED.
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";

const [engine, folder, part, parts] = process.argv.slice(2);
const feed = JSON.parse(readFileSync(join(folder, "feed.json"), "utf8"));
const fonts = feed.fonts.map(({ weight, file }) => ({ name: "display", weight, style: "normal", data: readFileSync(file) }));
// from the top of a line box of 1 em down to its baseline
const ASCENT = 0.5 + (feed.ascent - feed.descent) / 2;

const line = ({ text, x, baseline, size, weight, color }) => ({
  text,
  style: {
    position: "absolute", left: x, top: baseline - ASCENT * size, fontFamily: "display", fontSize: size,
    fontWeight: weight, color, lineHeight: 1, whiteSpace: "pre",
  },
});

const engines = {
  async satori() {
    const { default: satori } = await import("satori");
    const { Resvg } = await import("@resvg/resvg-js");
    return ({ width, height }, background) => {
      const image = { type: "img", props: { src: background.uri, width, height, style: { position: "absolute", left: 0, top: 0 } } };
      return async ({ lines }) => {
        const texts = lines.map(line).map(({ text, style }) => ({ type: "div", props: { style, children: text } }));
        const style = { width, height, display: "flex", position: "relative" };
        const svg = await satori({ type: "div", props: { style, children: [image, ...texts] } }, { width, height, fonts });
        return new Resvg(svg, { font: { loadSystemFonts: false } }).render().asPng();
      };
    };
  },
  async takumi() {
    const { Renderer } = await import("@takumi-rs/core");
    const renderer = new Renderer();
    for (const font of fonts) await renderer.registerFont(font);
    return ({ id, width, height }, background) => {
      const image = { type: "image", src: id, width, height, style: { position: "absolute", left: 0, top: 0, width, height } };
      return ({ lines }) => {
        const texts = lines.map(line).map(({ text, style }) => ({ type: "text", text, style }));
        const style = { width, height, display: "flex", position: "relative" };
        const node = { type: "container", style, children: [image, ...texts] };
        return renderer.render(node, { width, height, format: "png", images: [{ src: id, data: background.data }] });
      };
    };
  },
  async sharp() {
    const { default: sharp } = await import("sharp");
    sharp.concurrency(1);
    sharp.cache(false);
    return () => ({ svg }) => sharp(Buffer.from(svg)).removeAlpha().png().toBuffer();
  },
};

const open = await engines[engine]();
const taken = {};
for (const preset of feed.presets.filter((_, index) => index % Number(parts) === Number(part))) {
  const data = readFileSync(join(folder, preset.background));
  const draw = open(preset, { data, uri: `data:image/png;base64,${data.toString("base64")}` });
  taken[preset.id] = [];
  let png;
  for (const banner of preset.banners) {
    const begun = process.cpuUsage();
    png = await draw(banner);
    const { user, system } = process.cpuUsage(begun);
    taken[preset.id].push((user + system) / 1000);
  }
  writeFileSync(join(folder, `${engine}-${preset.id}.png`), png);
}
console.log(JSON.stringify(taken));
