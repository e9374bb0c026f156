import type { Actor } from './permissions.ts';

/** Whoever asks, with or without an account: by what they hold. */
export interface Asker {
	actor: Actor | null;
	/** Receipt codes this device holds. */
	receipts: string[];
	/** A random name of the device, for limits and "mine too"; fingerprinted before it is stored. */
	device: string;
}
