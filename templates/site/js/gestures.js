// Fingers, mouse, wheel and keys on the stage, told as movements in px of the stage's own grid.

const NUDGE = 12; // px of the stage's grid that a key or a button moves a photo
const TILT = 3; // degrees
const STRONGER = 5; // times, with the shift key
const SLOW_TURN = 8; // degrees that two fingers turn before the photo follows: nobody holds them level

/**
 * `move(dx, dy)` and `pinch({ x, y, factor, turn, dx, dy })` are called with lengths in px of the canvas's grid,
 * `x`, `y` being the point that stays where it is.
 */
export function watchStage(canvas, { move, pinch, isOn }) {
  const fingers = new Map();
  let turned = 0;
  const scale = () => canvas.width / canvas.getBoundingClientRect().width;
  const place = (event) => {
    const box = canvas.getBoundingClientRect();
    return { x: (event.clientX - box.left) * scale(), y: (event.clientY - box.top) * scale() };
  };

  canvas.addEventListener("pointerdown", (event) => {
    if (!isOn() || fingers.size === 2 || (event.pointerType === "mouse" && event.button !== 0)) return;
    canvas.setPointerCapture(event.pointerId);
    fingers.set(event.pointerId, place(event));
    turned = 0;
  });
  canvas.addEventListener("pointermove", (event) => {
    const before = fingers.get(event.pointerId);
    if (!before) return;
    const now = place(event);
    fingers.set(event.pointerId, now);
    if (fingers.size === 1) {
      move(now.x - before.x, now.y - before.y);
      return;
    }
    const other = [...fingers].find(([id]) => id !== event.pointerId)[1];
    const was = span(before, other);
    const is = span(now, other);
    const turn = degrees(is.angle - was.angle);
    turned += turn;
    pinch({
      x: is.x,
      y: is.y,
      factor: was.length > 8 ? is.length / was.length : 1,
      turn: Math.abs(turned) > SLOW_TURN ? turn : 0,
      dx: is.x - was.x,
      dy: is.y - was.y,
    });
  });
  for (const end of ["pointerup", "pointercancel", "lostpointercapture"]) {
    canvas.addEventListener(end, (event) => fingers.delete(event.pointerId));
  }
  canvas.addEventListener(
    "wheel",
    (event) => {
      if (!isOn()) return;
      event.preventDefault();
      const lines = event.deltaMode === 1 ? 16 : 1;
      const { x, y } = place(event);
      pinch({ x, y, factor: Math.exp(-event.deltaY * lines * 0.0016), turn: 0, dx: 0, dy: 0 });
    },
    { passive: false },
  );
}

function span(one, two) {
  const dx = two.x - one.x;
  const dy = two.y - one.y;
  return {
    x: (one.x + two.x) / 2,
    y: (one.y + two.y) / 2,
    length: Math.hypot(dx, dy),
    angle: (Math.atan2(dy, dx) * 180) / Math.PI,
  };
}

const degrees = (angle) => ((angle + 540) % 360) - 180;

const KEYS = {
  ArrowLeft: "left",
  ArrowRight: "right",
  ArrowUp: "up",
  ArrowDown: "down",
  "+": "zoom-in",
  "=": "zoom-in",
  "-": "zoom-out",
  _: "zoom-out",
  "[": "tilt-left",
  "]": "tilt-right",
  0: "reset",
};

/** Calls `act(name, strong)` for the keys of the stage. */
export function watchKeys(canvas, act, isOn) {
  canvas.addEventListener("keydown", (event) => {
    if (!isOn() || event.ctrlKey || event.metaKey || event.altKey || !(event.key in KEYS)) return;
    event.preventDefault();
    act(KEYS[event.key], event.shiftKey);
  });
}

/** What the stage's keys and buttons do, by name, of `move(dx, dy)`, `about(factor, turn)` its middle, and `reset()`. */
export function actsOf({ move, about, reset }) {
  const acts = {
    left: (times) => move(-NUDGE * times, 0),
    right: (times) => move(NUDGE * times, 0),
    up: (times) => move(0, -NUDGE * times),
    down: (times) => move(0, NUDGE * times),
    "zoom-in": () => about(1.1, 0),
    "zoom-out": () => about(1 / 1.1, 0),
    "turn-left": () => about(1, -90),
    "turn-right": () => about(1, 90),
    "tilt-left": (times) => about(1, -TILT * times),
    "tilt-right": (times) => about(1, TILT * times),
    reset,
  };
  return (name, isStrong = false) => acts[name](isStrong ? STRONGER : 1);
}
