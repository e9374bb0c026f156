import { nextTryIn } from '../../broadcast.ts';
import { forgetSubscriptions } from '../push/leave.ts';
import { meaningOf, type PushReply } from '../push/sender.ts';
import { openBook } from './book.ts';
import { restLane } from './lanes.ts';
import type { Said } from './ledger.ts';
import { concealedPayload, minimalPayload, payloadOf } from './payload.ts';
import type { Phone } from './phone.ts';
import { spokenBy } from './said.ts';
import { addressesOf, type Address } from './addresses.ts';
import type { Batch, Lane, Member, Station } from './station.ts';

/** So many unanswered in a row: the service is away. */
const silent = 30;
/** How long a lane rests, in seconds: when the service is away, and when it refuses our keys. */
const away = 15;
const refused = 600;

/**
 * Pushes to everybody in a batch, as fast as the service takes it. Answers with the first who was not
 * tried, when it had to stop before the end; null when everybody was.
 */
export async function pushBatch(
	station: Station,
	lane: Lane,
	batch: Batch<Phone>,
	mayGoOn: () => boolean
): Promise<Phone | null> {
	const { sender, db } = station;
	const { no, members } = batch;
	const spoken = await spokenBy(db, no);
	const { broadcast } = spoken;
	const addressOf = await addressesOf(db, broadcast.id, members, station.now());
	const byNumber = new Map(members.map((each) => [each.n, each]));
	const book = openBook(station, batch, lane, (said) => forget(station, byNumber, said));
	let inHand = 0;
	let resting = false;
	let unanswered = 0;
	let allAnswered = () => {};

	const leftSeconds = () => (broadcast.expiresAt.getTime() - station.now().getTime()) / 1000;

	function rest(seconds: number, fault: string) {
		resting = true;
		void restLane(db, lane.id, seconds, fault)
			.then((isNew) => isNew && fault === 'refused' && station.onRefused?.(lane.name))
			.catch(() => {});
	}

	function heard(phone: Phone, address: Address, reply: PushReply, full: boolean) {
		const meaning = meaningOf(reply);
		if (meaning === 'smaller' && full) return hand(phone, address, false);
		unanswered = reply.status === 0 ? unanswered + 1 : 0;
		if (unanswered >= silent && !resting) rest(away, 'silent');
		if (meaning === 'origin_stopped' && !resting) rest(refused, 'refused');
		book.add(saidOf(phone, reply, leftSeconds()));
		if (--inHand === 0) allAnswered();
	}

	function hand(phone: Phone, address: Address, full: boolean) {
		const words = spoken.words('web_push', phone.language);
		// Another text needs another key: the record of this phone has sealed the whole one.
		// So does what is concealed: somebody may choose that between two tries.
		const body = phone.concealed
			? address.fresh(concealedPayload(spoken, words))
			: full
				? address.seal(payloadOf(spoken, words, phone.n))
				: address.fresh(minimalPayload(spoken, words));
		sender.send({
			endpoint: address.endpoint,
			body,
			ttl: Math.max(1, Math.floor(leftSeconds())),
			urgency: broadcast.emergency ? 'high' : 'normal',
			topic: broadcast.topic,
			done: (reply) => heard(phone, address, reply, full)
		});
	}

	let stoppedAt: Phone | null = null;
	for (const phone of members) {
		if (phone.gone || leftSeconds() <= 0) {
			book.add({ ...unsent(phone), result: phone.gone ? 'gone' : 'expired' });
			continue;
		}
		const address = addressOf(phone);
		if (!address) {
			// Its block was given up this moment; in a second the phone stands by itself.
			book.add({ ...unsent(phone), result: 'waiting', again: 1 });
			continue;
		}
		while (sender.room(lane.name) === 0 && !resting && mayGoOn()) await sender.whenRoom(lane.name);
		if (resting || !(await book.room()) || !mayGoOn()) {
			stoppedAt = phone;
			break;
		}
		inHand++;
		hand(phone, address, true);
	}
	if (inHand) await new Promise<void>((done) => (allAnswered = done));
	await book.settled();
	return stoppedAt;
}

const unsent = ({ n, ward, tries }: Member) => ({ n, ward, status: 0, tries: tries + 1 });

function saidOf(phone: Member, reply: PushReply, left: number): Said {
	const tries = phone.tries + 1;
	const said = { n: phone.n, ward: phone.ward, status: reply.status, tries };
	const meaning = meaningOf(reply);
	if (meaning === 'accepted' || meaning === 'gone') return { ...said, result: meaning };
	if (meaning === 'failed' || meaning === 'smaller') return { ...said, result: 'failed' };
	const asked = meaning === 'origin_stopped' ? refused : reply.retryAfter;
	const again = nextTryIn(tries, asked, left);
	return again === null ? { ...said, result: 'expired' } : { ...said, result: 'waiting', again };
}

/** Subscriptions that are no more are forgotten; nothing else forgets one. */
async function forget({ db, now }: Station, phones: Map<number, Phone>, said: Said[]) {
	const gone = said
		.filter(({ result, status }) => result === 'gone' && status !== 0)
		.flatMap(({ n }) => phones.get(n)?.pushSubscriptionId ?? []);
	if (gone.length) await db.transaction((tx) => forgetSubscriptions(tx, gone, now()));
}
