import { createHash, timingSafeEqual } from 'node:crypto';
import { readConfig } from '../../platform/server/config.ts';
import type { Db } from '../../platform/server/db.ts';
import { readGateways, type HttpGateway } from './channels/sms/index.ts';
import { readIncoming, stopByText } from './incoming.ts';
import { hookSecret, noteReport, reportIn, type Heard } from './receipts.ts';

const origin = () => {
	const { ORIGIN, PORT } = readConfig();
	return ORIGIN ?? `http://127.0.0.1:${PORT}`;
};

const addressOf = (gateway: string) => `${origin()}/hooks/sms/${gateway}~${hookSecret(gateway)}`;

/** Where a gateway reports what became of one message, with our own id; Kannel fills in `%d`. */
export const reportAddress = (gateway: string, messageId: string) =>
	`${addressOf(gateway)}?id=${messageId}&status=%d`;

export interface Hook {
	gateway: string;
	/** What the provider is told to call, for reports and for texts that come in. A secret. */
	address: string;
}

const httpGateways = (): HttpGateway[] =>
	readGateways(readConfig()).filter((each): each is HttpGateway => each.kind === 'http');

/** The addresses of all gateways that can call us. */
export const hooksOf = (): Hook[] =>
	httpGateways().map(({ name }) => ({ gateway: name, address: addressOf(name) }));

const hash = (text: string) => createHash('sha256').update(text).digest();
const same = (a: string, b: string) => timingSafeEqual(hash(a), hash(b));

/**
 * What a gateway calls us with: a report, or a text that came in. Null for whoever does not show the
 * secret of a gateway of ours.
 */
export async function hearGateway(
	db: Db,
	caller: string,
	fields: Record<string, unknown>,
	now = new Date(),
	gateways = httpGateways()
): Promise<Heard | 'text' | null> {
	const [name, shown = ''] = caller.split('~');
	const gateway = gateways.find((each) => each.name === name);
	if (!same(shown, hookSecret(name)) || !gateway) return null;

	const report = reportIn(gateway, fields);
	if (report) return await noteReport(db, report, now);
	const text = readIncoming(gateway, fields);
	if (!text) return 'unknown';
	await stopByText(db, text, now);
	return 'text';
}
