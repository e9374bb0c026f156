/** Milliseconds between two beats. */
export const beatEvery = 250;
const longestStep = 2 * beatEvery;

/**
 * A clock that stands still while this process does: a machine that was suspended, or a turn that took
 * ten seconds, must not make answers late that have long been waiting to be read.
 */
export const pulse = { now: 0 };
let last = performance.now();

/** Moves the pulse on, by no more than a turn should take. */
export function beat(now = performance.now()) {
	pulse.now += Math.min(now - last, longestStep);
	last = now;
}
