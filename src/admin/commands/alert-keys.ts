import { keysOf, rotateKey, type KeyUse } from '#lib/alerts/server/index.ts';
import { municipalityByCode } from '#lib/identity/server/index.ts';
import { isoDay } from '#lib/platform/time.ts';
import { readArgs, type Command } from '../command.ts';

const uses: readonly string[] = ['cap', 'capsule'] satisfies KeyUse[];

export const alertKeys: Command = {
	name: 'alert-keys',
	usage: 'alert-keys CODE [--change cap|capsule [--stolen]]',
	help: 'Lists the keys a municipality signs its alerts with, or lets a new one take over. What the old one signed stays genuine, unless it was stolen: then nothing it signed counts any more.\n  npm run admin -- alert-keys KHA\n  npm run admin -- alert-keys KHA --change capsule',
	async run(args, { database: { db }, print }) {
		const { rest, values, flags } = readArgs(args, { values: ['change'], flags: ['stolen'] });
		const municipality = await municipalityByCode(db, rest[0] ?? '');
		if (!municipality) throw new Error('Name a municipality by its code, such as KHA');
		const municipalityId = municipality.id;
		if (values.change) {
			if (!uses.includes(values.change)) throw new Error('--change needs cap or capsule');
			const use = values.change as KeyUse;
			const id = await rotateKey(db, null, { municipalityId, use, revoke: flags.has('stolen') });
			print(`${use}: ${id} signs from now on.`);
			return;
		}
		const found = await keysOf(db, [municipalityId]);
		for (const { key } of found)
			print(
				`${key.use} ${key.id} since ${isoDay(key.madeAt)}${key.retiredAt ? ` until ${isoDay(key.retiredAt)}` : ', in force'}${key.revokedAt ? ', STOLEN' : ''}`
			);
		if (!found.length) print('Nothing was signed yet: keys are made when they are first needed.');
	}
};
