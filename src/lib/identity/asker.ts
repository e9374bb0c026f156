import type { Actor } from './permissions.ts';

/** Whoever asks, with or without an account: by what they hold. */
export interface Asker {
	actor: Actor | null;
	/** Receipt codes this device holds. */
	receipts: string[];
	/** A random name of the device, for limits and "mine too"; fingerprinted before it is stored. */
	device: string;
	/** The network asked from, for limits only; empty or missing when it is not known. */
	network?: string;
}
