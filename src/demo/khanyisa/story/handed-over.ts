import { eq } from 'drizzle-orm';
import { reportIssue } from '#lib/issues/server/index.ts';
import { departments } from '#lib/identity/server/schema.ts';
import type { Actor } from '#lib/identity/permissions.ts';
import { answerInOffice, refer, setResponsibility } from '#lib/referral/server/index.ts';
import type { AnswerKind, ReturnCode } from '#lib/referral/rules.ts';
import { hours, later } from '#lib/platform/time.ts';
import { wardCode } from '../municipalities.ts';
import { storyId } from './dice.ts';
import type { Stage } from './tell.ts';
import { before } from './year.ts';

interface Said {
	kind: AnswerKind;
	by: 'pumla' | 'sender';
	words?: string;
	code?: ReturnCode;
	body?: string;
	/** Hours after it was sent. */
	after: number;
}

interface Handed {
	key: string;
	ward: number;
	service: string;
	description: string;
	place: string;
	daysAgo: number;
	why: string;
	said: Said[];
}

/** One case of Thokozani in each state a handing-over to Khanyisa can be in. */
const tales: Handed[] = [
	{
		key: 'waiting',
		ward: 1,
		service: 'pothole',
		description: 'A deep hole on the road to Khanyisa, just behind the board.',
		place: 'Main Street, at the board of Khanyisa',
		daysAgo: 2,
		why: 'Behind the board it is your road.',
		said: []
	},
	{
		key: 'accepted',
		ward: 1,
		service: 'low-pressure',
		description: 'Above Drift Street the water comes only at night.',
		place: 'Drift Street, upper end',
		daysAgo: 6,
		why: 'The reservoir that feeds the upper end is yours.',
		said: [
			{ kind: 'accept', by: 'pumla', after: 20 },
			{
				kind: 'tell',
				by: 'pumla',
				words: 'The float valve sticks. A fitter goes up on Thursday.',
				after: 44
			}
		]
	},
	{
		key: 'asked',
		ward: 3,
		service: 'gravel-road',
		description: 'The gravel road to the drift is only holes now. The school bus turns round.',
		place: 'Goedehoop, road to the drift',
		daysAgo: 5,
		why: 'From the drift on it is in Khanyisa.',
		said: [
			{
				kind: 'ask',
				by: 'pumla',
				words: 'Is it before or after the cattle grid? Our boundary is there.',
				after: 26
			}
		]
	},
	{
		key: 'returned',
		ward: 1,
		service: 'bridge',
		description: 'Two boards of the footbridge are gone. Children jump over the gap.',
		place: 'Footbridge below Joy Street',
		daysAgo: 8,
		why: 'The far end of the bridge stands in Khanyisa.',
		said: [
			{
				kind: 'return',
				by: 'pumla',
				code: 'not_ours',
				body: 'Thokozani, Technical Services',
				words: 'Both ends were handed to Thokozani; the letter is in your file.',
				after: 30
			}
		]
	},
	{
		key: 'done',
		ward: 1,
		service: 'road-sign',
		description: 'The stop sign at the border road lies in the grass.',
		place: 'Corner of Drift Street and the border road',
		daysAgo: 9,
		why: 'The border road is kept by Khanyisa.',
		said: [
			{ kind: 'accept', by: 'pumla', after: 5 },
			{ kind: 'done', by: 'pumla', words: 'The sign stands again, in concrete.', after: 52 }
		]
	},
	{
		key: 'recalled',
		ward: 3,
		service: 'storm-drain',
		description: 'The drain beside the school is full of sand. The yard floods when it rains.',
		place: 'Goedehoop School, lower gate',
		daysAgo: 7,
		why: 'It drains the road of Khanyisa.',
		said: [
			{
				kind: 'recall',
				by: 'sender',
				words: 'Rain is forecast and there is no answer yet. We clear it ourselves.',
				after: 50
			}
		]
	}
];

/** Cases that are with somebody else, and the line that says so for power on the flats. */
export async function tellHandedOver(stage: Stage) {
	for (const tale of tales) await handOver(stage, tale);
	const { db, cast, today } = stage;
	await setResponsibility(
		db,
		cast.byHandle('admin'),
		{
			municipalityId: cast.municipalityIds.KHA,
			function: 'group:Electricity',
			wardCode: wardCode('KHA', 9),
			to: `department:${await departmentId(stage, 'power-utility')}`,
			since: '',
			sends: false
		},
		before(today, 0.01)
	);
}

const departmentId = async ({ db }: Stage, code: string) =>
	(await db.select().from(departments).where(eq(departments.code, code)))[0].id;

async function handOver(stage: Stage, tale: Handed) {
	const { db, cast, today } = stage;
	const raised = before(today, tale.daysAgo);
	const { caseId } = await reportIssue(
		db,
		cast.neighbour(43_000 + tales.indexOf(tale)),
		{
			municipalityId: cast.municipalityIds.THO,
			kind: 'issue',
			service: tale.service,
			description: tale.description,
			ward: wardCode('THO', tale.ward),
			place: tale.place,
			clientId: storyId('handed', tale.key),
			silent: true
		},
		raised
	);
	const officer = cast.officer('THO/technical');
	const sentAt = later(raised, hours(4));
	const sent = await refer(
		db,
		officer,
		caseId,
		{
			to: `municipality:${cast.municipalityIds.KHA}`,
			words: tale.why,
			deedId: storyId('handed', tale.key, 'sent')
		},
		sentAt
	);
	if (sent) for (const said of tale.said) await answer(stage, sent.id, said, officer, sentAt);
}

async function answer({ db, cast }: Stage, id: string, said: Said, officer: Actor, sentAt: Date) {
	const { by, after, ...words } = said;
	const facts = { ...words, deedId: storyId('handed', id, said.kind) };
	const who = by === 'sender' ? officer : cast.byHandle('agent');
	await answerInOffice(db, who, id, facts, later(sentAt, hours(after)));
}
