import type { Db } from '../../../platform/server/db.ts';

/** Another domain that keeps something about people: what it tells them of it, and how it forgets. */
export interface Keeper {
	/** What it is called in the file a person takes home. */
	name: string;
	tell(db: Db, personId: string): Promise<unknown>;
	forget(tx: Db, personId: string): Promise<unknown>;
}

export const keepers: Keeper[] = [];

/** Whoever keeps something about people says so here: imports point down, so we cannot know them. Once by name. */
export function keepAside(keeper: Keeper) {
	if (!keepers.some(({ name }) => name === keeper.name)) keepers.push(keeper);
}
