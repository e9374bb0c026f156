import { and, eq } from 'drizzle-orm';
import { isLocale, m } from '../../../i18n/index.ts';
import { speak } from '../../../i18n/server/index.ts';
import { municipalityById } from '../../../identity/server/index.ts';
import { notFound } from '../../../platform/refusal.ts';
import type { Db } from '../../../platform/server/db.ts';
import { log } from '../../../platform/server/log.ts';
import { dayAndTime } from '../../../platform/time.ts';
import type { Alert, AlertText } from '../../alert.ts';
import { bandOf } from '../../levels.ts';
import { reviewed, textFor } from '../../say.ts';
import type { CapHouse } from '../cap/compose.ts';
import type { CapResource } from '../cap/document.ts';
import { capsuleLink } from './capsule.ts';
import type { ClipHeard } from './clips.ts';
import { digestOf } from './digest.ts';
import { houseOf } from './house.ts';
import { drawMapPicture, mapOrNot } from './map.ts';
import { drawPoster } from './poster.ts';
import { alertResources, type alertSeals } from './schema.ts';

type Seal = Pick<typeof alertSeals.$inferSelect, 'scanned'>;
export type Resource = typeof alertResources.$inferSelect;

/** Where the files of one version are: they stay there, and never change. */
export const resourceAt = (origin: string, { number, version }: Alert, name: string) =>
	`${origin}/api/alerts/${number}.${version}/${name}`;

const posterName = (language: string) => `poster-${language}.pdf`;

function resource(
	alert: Alert,
	name: string,
	mediaType: string,
	bytes: Buffer,
	now: Date
): Resource {
	const { id: alertId, municipalityId } = alert;
	return { alertId, municipalityId, name, mediaType, bytes, digest: digestOf(bytes), madeAt: now };
}

/** The poster in one language, in that language's own words. */
function posterOf(
	alert: Alert,
	text: AlertText,
	{ scanned }: Seal,
	{ origin, timezone }: CapHouse
): Promise<Buffer> {
	const code = scanned[text.language] ?? Object.values(scanned)[0];
	// On paper a day stays that day: it is written as it was when the warning was issued.
	const when = (at: Date) => dayAndTime(at, alert.issuedAt!, timezone);
	const words = speak(isLocale(text.language) ? text.language : 'en', () => ({
		level: bandOf({ ...alert, state: 'live' }).label,
		issued: when(alert.issuedAt!),
		next: alert.nextUpdateAt && when(alert.nextUpdateAt),
		until: when(alert.expiresAt),
		labels: {
			issued: m.alerts_issued(),
			next: m.alerts_next(),
			until: m.alerts_until(),
			check: m.alerts_poster_check(),
			replaced: m.alerts_poster_replaced()
		},
		exercise: alert.status === 'exercise' ? m.alerts_exercise() : null
	}));
	const link = code ? capsuleLink(origin, code) : `${origin}/alerts/${alert.number}`;
	return drawPoster(alert, text, link, words);
}

/**
 * The map and the posters that go with a version. What cannot be drawn is left out and logged: a
 * warning without its map is a warning.
 */
export async function drawResources(
	db: Db,
	alert: Alert,
	seal: Seal,
	house: CapHouse,
	now: Date
): Promise<Resource[]> {
	const drawn: Resource[] = [];
	const add = async (name: string, mediaType: string, draw: () => Promise<Buffer | null>) => {
		try {
			const bytes = await draw();
			if (bytes) drawn.push(resource(alert, name, mediaType, bytes, now));
		} catch (reason) {
			log.error({ alert: alert.id, name, err: reason }, 'not drawn');
		}
	};
	await add('map.png', 'image/png', async () => {
		const map = await mapOrNot(db, alert);
		return map && (await drawMapPicture(map));
	});
	for (const text of reviewed(alert))
		await add(posterName(text.language), 'application/pdf', () =>
			posterOf(alert, text, seal, house)
		);
	return drawn;
}

/** What CAP says of the files in one language: the map, the poster, and the recording where there is one. */
export const capResources =
	(alert: Alert, drawn: Resource[], clips: ClipHeard[], origin: string) =>
	(language: string): CapResource[] => [
		...drawn
			.filter(({ name }) => name === 'map.png' || name === posterName(language))
			.map(({ name, mediaType, bytes, digest }) => ({
				resourceDesc: name === 'map.png' ? 'Map of the area' : 'Poster to print, A4',
				mimeType: mediaType,
				size: String(bytes.length),
				uri: resourceAt(origin, alert, name),
				digest
			})),
		...clips
			.filter((clip) => clip.language === language)
			.map(({ path, mediaType, size, digest }) => ({
				resourceDesc: 'Recording to listen to',
				mimeType: mediaType,
				size: String(size),
				uri: `${origin}${path}`,
				digest
			}))
	];

async function findResource(db: Db, alert: Alert, name: string): Promise<Resource | undefined> {
	const [found] = await db
		.select()
		.from(alertResources)
		.where(and(eq(alertResources.alertId, alert.id), eq(alertResources.name, name)));
	return found;
}

/** One file of a version, as it was made when that was signed. @throws Refusal 404 */
export async function resourceOf(db: Db, alert: Alert, name: string): Promise<Resource> {
	const found = await findResource(db, alert, name);
	if (!found) throw notFound();
	return found;
}

/**
 * The poster in a language, or in the first that was reviewed. Of a version that was signed before posters
 * were kept, or whose poster could not be drawn then, it is drawn now, once.
 * @throws Refusal 404
 */
export async function posterFor(
	db: Db,
	{ alert, seal }: { alert: Alert; seal: Seal },
	language: string,
	exactly: boolean
): Promise<Resource & { language: string }> {
	const text = textFor(alert, language);
	if (!text || (exactly && text.language !== language)) throw notFound();
	const name = posterName(text.language);
	const kept = await findResource(db, alert, name);
	if (kept) return { language: text.language, ...kept };
	const house = houseOf((await municipalityById(db, alert.municipalityId))!);
	const bytes = await posterOf(alert, text, seal, house);
	const drawn = resource(alert, name, 'application/pdf', bytes, new Date());
	await db.insert(alertResources).values(drawn).onConflictDoNothing();
	return { language: text.language, ...drawn };
}
