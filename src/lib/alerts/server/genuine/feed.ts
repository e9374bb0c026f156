import type { Municipality } from '../../../identity/server/index.ts';
import { readConfig } from '../../../platform/server/config.ts';
import type { Db } from '../../../platform/server/db.ts';
import { hours, later } from '../../../platform/time.ts';
import type { Alert } from '../../alert.ts';
import { partsOf } from '../../parts.ts';
import { actionOf, textFor } from '../../say.ts';
import { capIdentifier } from '../cap/compose.ts';
import { capMediaType } from '../cap/document.ts';
import { escapeXml } from '../cap/write.ts';
import { recentAlerts } from '../queries.ts';
import { houseOf } from './house.ts';

/** How long what is over or taken back stays in the feeds. */
const keptFor = hours(48);
const most = 200;

/** What the feeds hold now: every version in force, and for two days those that were. */
async function inFeeds(db: Db, municipalityId: string, now: Date): Promise<Alert[]> {
	const alerts = await recentAlerts(db, municipalityId, most);
	return alerts.filter((each) => each.issuedAt && later(each.expiresAt, keptFor) > now);
}

/** Where the CAP message of a part is: it stays there, and never changes. */
const messageAt = (origin: string, { number, version }: Alert, part: number) =>
	`${origin}/api/alerts/${number}.${version}${part > 1 ? `.${part}` : ''}.cap.xml`;

/** Where a municipality's Atom feed is: also its topic for a WebSub hub. */
export const atomAt = (origin: string) => `${origin}/api/alerts/cap.atom`;

const quoted = (text: string) => escapeXml(text).replace(/"/g, '&quot;');

interface Item {
	id: string;
	title: string;
	text: string;
	page: string;
	message: string;
	at: Date;
}

/** One item for each part of the area: each is a message of its own. */
function itemsOf(alert: Alert, origin: string, slug: string): Item[] {
	const text = textFor(alert, 'en')!;
	const title = `${alert.status === 'exercise' ? 'EXERCISE: ' : ''}${text.headline}`;
	return partsOf(alert.area).map((_, i, { length }) => ({
		id: `urn:cap:${capIdentifier(alert, slug, i + 1)}`,
		title: length > 1 ? `${title} (area ${i + 1} of ${length})` : title,
		text: `${actionOf(text.instruction).action}. ${text.description}`,
		page: `${origin}/alerts/${alert.number}/${alert.version}`,
		message: messageAt(origin, alert, i + 1),
		at: alert.issuedAt!
	}));
}

async function itemsFor(db: Db, municipality: Municipality, now: Date) {
	const { origin, slug } = houseOf(municipality);
	const alerts = await inFeeds(db, municipality.id, now);
	const items = alerts
		.filter((each) => textFor(each, 'en'))
		.flatMap((each) => itemsOf(each, origin, slug));
	const at = items.reduce(
		(newest, item) => (item.at > newest ? item.at : newest),
		municipality.createdAt
	);
	return { items, origin, at, title: `Warnings of ${municipality.name}` };
}

/** The alerts of a municipality as Atom (RFC 4287): an index of CAP messages. */
export async function atomFeed(
	db: Db,
	municipality: Municipality,
	now = new Date()
): Promise<string> {
	const { items, origin, at, title } = await itemsFor(db, municipality, now);
	const self = atomAt(origin);
	const { WEBSUB_HUB: hub } = readConfig();
	const entries = items.map(
		(item) => `<entry>
<id>${quoted(item.id)}</id>
<title>${quoted(item.title)}</title>
<updated>${item.at.toISOString()}</updated>
<link rel="alternate" type="text/html" href="${quoted(item.page)}"/>
<link rel="enclosure" type="${capMediaType}" href="${quoted(item.message)}"/>
<summary>${quoted(item.text)}</summary>
</entry>
`
	);
	return `<?xml version="1.0" encoding="UTF-8"?>
<feed xmlns="http://www.w3.org/2005/Atom">
<id>${quoted(self)}</id>
<title>${quoted(title)}</title>
<updated>${at.toISOString()}</updated>
<author><name>${quoted(municipality.name)}</name></author>
<link rel="self" type="application/atom+xml" href="${quoted(self)}"/>
<link rel="alternate" type="text/html" href="${quoted(origin)}/alerts"/>
${hub ? `<link rel="hub" href="${quoted(hub)}"/>\n` : ''}${entries.join('')}</feed>
`;
}

/** The same as RSS 2.0, whose items lead to the CAP messages themselves, as aggregators expect. */
export async function rssFeed(
	db: Db,
	municipality: Municipality,
	now = new Date()
): Promise<string> {
	const { items, origin, at, title } = await itemsFor(db, municipality, now);
	const entries = items.map(
		(item) => `<item>
<title>${quoted(item.title)}</title>
<link>${quoted(item.message)}</link>
<guid isPermaLink="false">${quoted(item.id)}</guid>
<pubDate>${item.at.toUTCString()}</pubDate>
<description>${quoted(item.text)}</description>
</item>
`
	);
	return `<?xml version="1.0" encoding="UTF-8"?>
<rss version="2.0"><channel>
<title>${quoted(title)}</title>
<link>${quoted(origin)}/alerts</link>
<description>${quoted(title)}</description>
<lastBuildDate>${at.toUTCString()}</lastBuildDate>
${entries.join('')}</channel></rss>
`;
}
