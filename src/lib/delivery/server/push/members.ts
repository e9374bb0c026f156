import type { PushSubscription } from '../../push.ts';

/** The phones of a block, packed: a table of offsets, then for each its keys and the path of its endpoint. */
const keyBytes = 65;
const secretBytes = 16;
const keysBytes = keyBytes + secretBytes;

/** Packs subscriptions of one origin, in the order of their slots. */
export function packMembers(origin: string, subscriptions: PushSubscription[]): Buffer {
	const paths = subscriptions.map(({ endpoint }) => Buffer.from(endpoint.slice(origin.length)));
	const table = 4 * (subscriptions.length + 1);
	const whole = Buffer.alloc(paths.reduce((sum, path) => sum + keysBytes + path.length, table));
	let at = table;
	subscriptions.forEach(({ keys }, slot) => {
		whole.writeUInt32LE(at, 4 * slot);
		Buffer.from(keys.p256dh, 'base64url').copy(whole, at);
		Buffer.from(keys.auth, 'base64url').copy(whole, at + keyBytes);
		at += keysBytes + paths[slot].copy(whole, at + keysBytes);
	});
	whole.writeUInt32LE(at, 4 * subscriptions.length);
	return whole;
}

/** Packed members, opened slot by slot. */
export class Members {
	readonly #origin: string;
	readonly #packed: Buffer;
	readonly size: number;

	constructor(origin: string, packed: Buffer) {
		this.#origin = origin;
		this.#packed = packed;
		this.size = packed.readUInt32LE(0) / 4 - 1;
	}

	#at = (slot: number) => this.#packed.readUInt32LE(4 * slot);

	endpoint(slot: number): string {
		const path = this.#at(slot) + keysBytes;
		return this.#origin + this.#packed.toString('utf8', path, this.#at(slot + 1));
	}

	/** The public key, as the curve has it. */
	point(slot: number): Buffer {
		return this.#packed.subarray(this.#at(slot), this.#at(slot) + keyBytes);
	}

	secret(slot: number): Buffer {
		const at = this.#at(slot) + keyBytes;
		return this.#packed.subarray(at, at + secretBytes);
	}
}
