import {
	correctNews,
	publishNews,
	scheduleNews,
	writeNews,
	type NewsFacts
} from '#lib/noticeboard/server/index.ts';
import { isoDay } from '#lib/platform/time.ts';
import { wardCode } from '../municipalities.ts';
import { actorOf } from './cast.ts';
import { storyId } from './dice.ts';
import type { Stage } from './tell.ts';
import { before } from './year.ts';

interface Told extends Omit<NewsFacts, 'wardCodes'> {
	key: string;
	/** Numbers of wards; none is everybody. */
	wards: number[];
	/** Days before today; below zero it waits until then. */
	daysAgo: number;
	/** What was wrong at first. */
	wrong?: { title: string; words: string; why: string };
}

// prettier-ignore
const board: Told[] = [
	{ key: 'budget', language: 'en', topics: ['council'], wards: [], daysAgo: 24, title: 'The draft budget can be read and answered until 11 December', words: 'It lies in every library and at the municipal offices in Ntaba Street. Write what you think on the form there, or say it at a meeting: wards 1 to 4 meet at the Town Hall, wards 5 to 9 at the Thembeni community hall.\n\nEvery answer is read to the council in January, with the name of whoever gave it only if they wish.' },
	{ key: 'clinic', language: 'zu', topics: ['health'], wards: [7], daysAgo: 12, title: 'Umtholampilo waseThembeni uvula ngoMgqibelo', words: 'Kusukela kule nyanga umtholampilo uvula ngoMgqibelo kusukela ngo-8:00 kuya ku-13:00, ukuze abantu abasebenzayo bakwazi ukuza. Letha ikhadi lakho lasemtholampilo.' },
	{ key: 'refuse', language: 'en', topics: ['waste'], wards: [], daysAgo: 6, title: 'Refuse is fetched a day later in the week of the holiday', words: 'Wednesday 16 December is a public holiday. What is fetched on Wednesdays is fetched on Thursday, Thursdays on Friday, Fridays on Saturday. Put your bags out before 7:00.', wrong: { title: 'Refuse is fetched a day earlier in the week of the holiday', words: 'Wednesday 16 December is a public holiday. What is fetched on Wednesdays is fetched on Tuesday, Thursdays on Wednesday. Put your bags out before 7:00.', why: 'We wrote a day earlier. The lorries come a day later.' } },
	{ key: 'jobs', language: 'af', topics: ['community'], wards: [3, 5, 7], daysAgo: 4, title: 'Twintig mense gesoek vir die skoonmaak van stroke langs die rivier', words: 'Die werk duur drie maande, met betaling volgens die Uitgebreide Openbare Werkeprogram. Bring u ID na die gemeenskapsaal op Donderdag tussen 9:00 en 12:00. Niemand betaal vir ’n plek nie; as iemand u geld vra, sê dit vir ons.' },
	{ key: 'tanker', language: 'en', topics: ['water'], wards: [7], daysAgo: 1, title: 'A water tanker stands at Thembeni Clinic every day until the pipe is mended', words: 'It is there from 7:00 to 9:00 and from 16:00 to 18:00. Bring a clean bucket with a lid. Boil tap water for one minute before you drink it.\n\nThe next news comes when the pipe in Mill Road has been mended.' },
	{ key: 'road', language: 'en', topics: ['roads'], wards: [7, 8], daysAgo: -2, title: 'Mill Road is closed for tar from 8:00 to 15:00', words: 'Between the school and the clinic, on one day only. Taxis go round by Ntaba Street. People on foot can pass on the side of the school.' }
];

/** What the municipality told its residents: for all and for some wards, one corrected, one still to come. */
export async function tellBoard({ db, cast, today }: Stage) {
	const municipalityId = cast.municipalityIds.KHA;
	for (const { key, wards, daysAgo, wrong, ...facts } of board) {
		const written = before(today, Math.max(daysAgo, 0) + 0.1);
		const lerato = await actorOf(db, cast.byHandle('communications').id, written);
		const { number } = await writeNews(
			db,
			lerato,
			{
				...facts,
				...wrong,
				id: storyId('news', key),
				municipalityId,
				wardCodes: wards.map((ward) => wardCode('KHA', ward))
			},
			written
		);
		const at = { municipalityId, number };
		if (daysAgo < 0) {
			const when = `${isoDay(before(today, daysAgo))}T07:00`;
			await scheduleNews(db, lerato, { ...at, when }, written);
			continue;
		}
		await publishNews(db, lerato, at, before(today, daysAgo));
		if (!wrong) continue;
		const { title, words } = facts;
		const correction = { ...at, title, words, why: wrong.why, deedId: storyId('correction', key) };
		await correctNews(db, lerato, correction, before(today, daysAgo - 0.3));
	}
}
