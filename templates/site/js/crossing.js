// The photo on its way to the same page in the other language: it waits in the browser's own store, on this device,
// for as long as that takes, and is taken out of it again.

const STORE = "dxassets-crossing";
const LONGEST_WAY = 60_000; // ms

function opened() {
  return new Promise((resolve, reject) => {
    const asked = indexedDB.open(STORE, 1);
    asked.onupgradeneeded = () => asked.result.createObjectStore("photo");
    asked.onsuccess = () => resolve(asked.result);
    asked.onerror = () => reject(asked.error);
  });
}

async function inStore(act) {
  const store = await opened();
  try {
    return await new Promise((resolve, reject) => {
      const deal = store.transaction("photo", "readwrite");
      const asked = act(deal.objectStore("photo"));
      deal.oncomplete = () => resolve(asked.result);
      deal.onerror = deal.onabort = () => reject(deal.error);
    });
  } finally {
    store.close();
  }
}

/** Leaves a photo and where it lies for the page that comes next. */
export function leave(file, placement, isGroup) {
  return inStore((photo) => photo.put({ file, placement, isGroup, since: Date.now() }, "left"));
}

/** What was left a moment ago, taken out of the store; null where nothing was. */
export async function pickUp() {
  try {
    const found = await inStore((photo) => photo.get("left"));
    if (!found) return null;
    await inStore((photo) => photo.clear());
    return Date.now() - found.since < LONGEST_WAY ? found : null;
  } catch {
    return null; // a browser that keeps nothing
  }
}
