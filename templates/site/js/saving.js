// From the stage to a file: download, share sheet, or a picture to press and hold.

const QUALITY = 0.92;

/**
 * The canvas as a file; null when the device has no memory left for it.
 *
 * Not by `toBlob`: browsers leave that for an idle moment, which may be seconds away. This takes a few
 * hundredths of a second, at once.
 */
export function fileOf(canvas, type, name) {
  const address = canvas.toDataURL(type, QUALITY);
  const data = address.slice(address.indexOf(",") + 1);
  if (!data) return null;
  const bytes = Uint8Array.from(atob(data), (sign) => sign.charCodeAt(0));
  return new File([bytes], `${name}.${type === "image/png" ? "png" : "jpg"}`, { type });
}

export function download(file) {
  const address = URL.createObjectURL(file);
  const link = Object.assign(document.createElement("a"), { href: address, download: file.name });
  document.body.append(link);
  link.click();
  link.remove();
  setTimeout(() => URL.revokeObjectURL(address), 60_000);
}

/** Whether this device can share a picture with its other apps. */
export function canShare() {
  try {
    return navigator.canShare({ files: [new File(["-"], "a.jpg", { type: "image/jpeg" })] });
  } catch {
    return false;
  }
}

/** The file as a `data:` address: some apps save only such pictures when they are pressed and held. */
export function addressOf(file) {
  return new Promise((resolve, reject) => {
    const reader = new FileReader();
    reader.onload = () => resolve(reader.result);
    reader.onerror = () => reject(reader.error);
    reader.readAsDataURL(file);
  });
}
