import type { Db } from '../../../platform/server/db.ts';
import type { Way } from '../../channel.ts';

export async function pushWays(_db: Db): Promise<Way[]> {
	return [];
}
