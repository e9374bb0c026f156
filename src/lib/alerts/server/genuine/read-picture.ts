import sharp from 'sharp';
import { m } from '../../../i18n/index.ts';
import { spend, type From } from '../../../identity/server/index.ts';
import { cleanPhoto } from '../../../photos/server/index.ts';
import { Refusal } from '../../../platform/refusal.ts';
import type { Db } from '../../../platform/server/db.ts';
import { hours } from '../../../platform/time.ts';
import { longestSide, readCode } from '../../read-code.ts';

/** Pictures an hour: each takes a second of our time. A hall full of people shares one network. */
const budgets = {
	device: { points: 20, window: hours(1) },
	network: { points: 200, window: hours(1) }
};

/**
 * What the code in a picture says, for phones whose browser runs no script. The picture is not kept.
 * @throws Refusal 400 for what is no picture or shows no code, 429 for too many
 */
export async function codeOfPicture(
	db: Db,
	{ device, network }: From,
	{ bytes, name }: { bytes: Uint8Array; name: string },
	now = new Date()
): Promise<string> {
	const spent = [
		await spend(db, `verify/device/${device}`, budgets.device, now),
		network ? await spend(db, `verify/network/${network}`, budgets.network, now) : null
	];
	if (spent.some(Boolean)) throw new Refusal(429, m.verify_picture_many(), 'photo');
	const { large } = await cleanPhoto(bytes, name);
	const { data, info } = await sharp(large)
		.resize({ width: longestSide, height: longestSide, fit: 'inside', withoutEnlargement: true })
		.ensureAlpha()
		.raw()
		.toBuffer({ resolveWithObject: true });
	const text = readCode({ data, width: info.width, height: info.height });
	if (!text) throw new Refusal(400, m.verify_picture_none(), 'photo');
	return text;
}
