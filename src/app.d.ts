import type { Actor } from '#lib/identity/permissions.ts';
import type { Municipality } from '#lib/identity/server/index.ts';
import type { Db } from '#lib/platform/server/db.ts';

declare global {
	namespace App {
		interface Locals {
			db: Db;
			/** Who is asking, perhaps nobody we know. */
			visitor: Actor | null;
			/** The person whom the door let in: there on every route that is not for anyone. */
			actor: Actor;
			/** Whose pages these are. */
			municipality: Municipality;
			/** Receipt codes this device holds: each makes it the reporter of one issue. */
			receipts: string[];
			/** A random name of this device, for limits and "mine too"; never shown, never linked to a person. */
			device: string;
			/** The /24 or /48 this request comes from, for limits; empty when it is not known. */
			network: string;
			/** For the log and for whoever has to quote it. */
			requestId: string;
		}
		interface Error {
			message: string;
			/** What a person can quote when something broke. */
			reference?: string;
		}
	}
}

export {};
