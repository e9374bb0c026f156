import { connect } from 'node:http2';
import { and, isNull, ne } from 'drizzle-orm';
import { readConfig } from '../../../platform/server/config.ts';
import type { Db } from '../../../platform/server/db.ts';
import type { Way } from '../../channel.ts';
import { endpointObstacle } from '../channels/push-hosts.ts';
import { pushSubscriptions } from '../schema.ts';

const patience = 10_000;

/** Every push service that somebody's phone is with, as roads that can be tried. */
export async function pushWays(
	db: Db,
	{ allow = readConfig().PUSH_ALLOW, ca }: { allow?: string; ca?: string } = {}
): Promise<Way[]> {
	const found = await db
		.selectDistinct({ origin: pushSubscriptions.origin })
		.from(pushSubscriptions)
		.where(and(isNull(pushSubscriptions.goneAt), ne(pushSubscriptions.origin, '')))
		.orderBy(pushSubscriptions.origin)
		.limit(20);
	return found
		.filter(({ origin }) => endpointObstacle(origin, allow) === null)
		.map(({ origin }) => ({ name: `web_push/${origin}`, probe: () => greet(origin, ca) }));
}

/** Opens HTTP/2 over checked TLS and waits for the settings of the other side; asks for nothing. */
const greet = (origin: string, ca?: string) =>
	new Promise<void>((answered, failed) => {
		const session = connect(origin, { ca });
		const end = (settle: () => void) => () => {
			clearTimeout(late);
			session.destroy();
			settle();
		};
		const late = setTimeout(
			end(() => failed(Object.assign(new Error('No answer'), { code: 'ETIMEDOUT' }))),
			patience
		);
		session.once('remoteSettings', end(answered));
		session.once('error', (reason) => end(() => failed(reason))());
		session.once(
			'close',
			end(() => failed(Object.assign(new Error('Closed'), { code: 'ECONNRESET' })))
		);
	});
