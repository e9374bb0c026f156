/** Fewer answers than this in trouble, and it is about single phones: FCM limits each of them too. */
const manyInTrouble = 0.35;
/** How much of the share one answer makes: the last fifty or so count. */
const weight = 0.02;
const least = 4;

/**
 * How many requests one origin may have open at a time: grows while answers come and halves, at most
 * once per round of answers, when the service itself is in trouble (429, 503, timeouts, resets).
 */
export class Pace {
	size: number;
	most: number;
	#share = 0;
	#climbing = true;
	#answersSinceHalved = 0;

	constructor(first: number, most: number) {
		this.size = Math.min(first, most);
		this.most = most;
	}

	good() {
		this.#share -= this.#share * weight;
		this.#answersSinceHalved++;
		this.size = Math.min(this.most, this.size + (this.#climbing ? 1 : 1 / 16));
	}

	/** Answers whether it is the service that is in trouble, and not only the phone it was for. */
	bad(): boolean {
		this.#share += (1 - this.#share) * weight;
		this.#answersSinceHalved++;
		if (this.#share < manyInTrouble) return false;
		if (this.#climbing || this.#answersSinceHalved >= this.size) {
			this.#climbing = false;
			this.#answersSinceHalved = 0;
			this.size = Math.max(least, this.size / 2);
		}
		return true;
	}

	/** The peer allows fewer, or more, than was thought. */
	limit(most: number) {
		this.most = most;
		this.size = Math.min(this.size, most);
	}
}
