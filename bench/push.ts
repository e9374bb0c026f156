import { createECDH, randomBytes } from 'node:crypto';
import { Agent } from 'node:https';
import { createRequire } from 'node:module';
import { getCACertificates, setDefaultCACertificates } from 'node:tls';
import webPush from 'web-push';
import { newPair } from '#lib/delivery/server/channels/vapid.ts';
import {
	openBlock,
	sealMembers,
	shelfName,
	type OpenBlock
} from '#lib/delivery/server/push/blocks.ts';
import { prepareInto, recordBytes } from '#lib/delivery/server/push/ece.ts';
import { packMembers } from '#lib/delivery/server/push/members.ts';
import { declarative } from '#lib/delivery/server/push/payload.ts';
import { openPushSender, type PushSender } from '#lib/delivery/server/push/sender.ts';
import { newId } from '#lib/platform/ids.ts';
import { lock, seal, useMasterKey } from '#lib/platform/server/keys.ts';
import { startPushService, type Kept, type PushService } from '../tests/support/push-service.ts';
import { median, type Bench, type Figure } from './figure.ts';

const ece: {
	decrypt(body: Buffer, how: { version: string; privateKey: unknown; authSecret: string }): Buffer;
} = createRequire(import.meta.url)('http_ece');

const blockSize = 1000;
const blockCount = 4;
const samples = 50;
const ttl = 3600;
const vapid = { ...newPair(), subject: 'mailto:it@khanyisa.example' };

const text = declarative({
	title: 'Leave now: Ward 12, Mill Road and the river side',
	text: 'The river is rising fast. Go to the hall in Church Street, take your medicine and papers, and help your neighbours. Do not drive through water.',
	url: 'https://khanyisa.example/alerts/0199b1c0-7e21-7c5e-b1a6-5d1d2a0b9c11',
	language: 'en',
	tag: 'k3Jx0Wb8uQmR5dTzY1cVgA',
	urgent: true
});

/**
 * What the sender's process spends on one message, in processor time: opening the sealed blocks, sealing,
 * HTTP and TLS, the answer. The peer is npm web-push as it comes, sending the same text to the same
 * phones in the same run.
 */
export const push: Bench = {
	name: 'push',
	about: 'processor time of the sender per web push; baseline: npm web-push sending the same',
	async run({ long, say }) {
		useMasterKey(Buffer.alloc(32, 7));
		const far = await startPushService({ keep: samples, every: 97 });
		setDefaultCACertificates([...getCACertificates('default'), far.ca]);
		const usual = openPushSender({ vapid, allow: far.allow });
		const frames = openPushSender({ vapid, allow: far.allow, frames: true });
		try {
			return await measure(far, { usual, frames }, long ? 9 : 5, say);
		} finally {
			await usual.close();
			await frames.close();
			await far.stop();
		}
	}
};

/** How many times cheaper than npm web-push each of them must be. */
const limits = {
	'prepared keys': 10,
	'fresh keys': 2.8,
	'prepared keys, own frames': 20,
	'fresh keys, own frames': 2.8
};

type Way = (count: number) => Promise<void>;

async function measure(
	far: PushService,
	{ usual, frames }: Record<'usual' | 'frames', PushSender>,
	rounds: number,
	say: (line: string) => void
): Promise<Figure[]> {
	const town = settle(far);
	const agent = new Agent({ keepAlive: true, maxSockets: 50 });
	const ways: Record<string, { count: number; send: Way }> = {
		'web-push': { count: 300, send: (count) => byPeer(town, count, {}) },
		'web-push, connections kept': { count: 600, send: (count) => byPeer(town, count, { agent }) },
		'fresh keys': { count: 3000, send: (count) => byUs(usual, far, town, count, false) },
		'prepared keys': { count: 10_000, send: (count) => byUs(usual, far, town, count, true) },
		'fresh keys, own frames': {
			count: 3000,
			send: (count) => byUs(frames, far, town, count, false)
		},
		'prepared keys, own frames': {
			count: 20_000,
			send: (count) => byUs(frames, far, town, count, true)
		}
	};
	const spent = new Map<string, number[]>(Object.keys(ways).map((name) => [name, []]));
	for (const { count, send } of Object.values(ways)) await send(Math.ceil(count / 3));
	await far.reset();
	for (let round = 0; round < rounds; round++)
		for (const [name, { count, send }] of Object.entries(ways))
			spent.get(name)!.push(await cpu(() => send(count), count));
	agent.destroy();

	const of = (name: string) => median(spent.get(name)!);
	for (const name of spent.keys()) say(`  ${name}: ${of(name).toFixed(1)} µs of processor time`);
	const [peer, kept] = [of('web-push'), of('web-push, connections kept')];
	for (const name of Object.keys(limits))
		say(`  ${name}, against the peer with its connections kept: ×${(kept / of(name)).toFixed(1)}`);
	return [
		...Object.entries(limits).map(([name, limit]) => figure(name, of(name), peer, limit)),
		unreadable(town, await far.kept())
	];
}

const figure = (name: string, value: number, baseline: number, limit: number): Figure => ({
	case: `${name}: processor time per message`,
	value,
	unit: 'µs',
	baseline,
	ratio: baseline / value,
	limit_ratio: limit
});

/** Microseconds of this process, user and kernel, per message. */
async function cpu(deed: () => Promise<void>, count: number): Promise<number> {
	const before = process.cpuUsage();
	await deed();
	const { user, system } = process.cpuUsage(before);
	return (user + system) / count;
}

/** Some thousand phones in sealed blocks with a shelf each, as the database keeps them. */
function settle(far: PushService) {
	const [origin] = far.origins;
	const phones = Array.from({ length: blockSize * blockCount }, (_, n) => {
		const privateKey = createECDH('prime256v1');
		const p256dh = privateKey.generateKeys('base64url');
		const auth = randomBytes(16).toString('base64url');
		return { privateKey, endpoint: far.endpoint(n), keys: { p256dh, auth } };
	});
	const dataKey = randomBytes(32);
	const generationId = newId();
	const key = seal('push', dataKey.toString('base64'), generationId);
	const blocks = Array.from({ length: blockCount }, (_, n) => {
		const some = phones.slice(n * blockSize, (n + 1) * blockSize);
		const records = Buffer.alloc(blockSize * recordBytes);
		some.forEach(({ keys }, slot) =>
			prepareInto(
				records,
				slot * recordBytes,
				Buffer.from(keys.p256dh, 'base64url'),
				Buffer.from(keys.auth, 'base64url')
			)
		);
		const id = newId();
		const members = sealMembers(id, packMembers(origin, some));
		const locked = lock(dataKey, records, shelfName(id, 0));
		return {
			block: { id, origin, members },
			shelf: { blockId: id, shelf: 0, records: locked, generationId, key }
		};
	});
	return { phones, blocks };
}

type Town = ReturnType<typeof settle>;

/** npm web-push, fifty at a time. */
async function byPeer({ phones }: Town, count: number, options: { agent?: Agent }) {
	let next = 0;
	const words = text.toString();
	const details = { vapidDetails: vapid, TTL: ttl, urgency: 'high' as const, ...options };
	await Promise.all(
		Array.from({ length: 50 }, async () => {
			while (next < count) {
				const { endpoint, keys } = phones[next++ % phones.length];
				await webPush.sendNotification({ endpoint, keys }, words, details);
			}
		})
	);
}

/** Ours: blocks are opened for each thousand, as a worker opens them for each chunk. */
async function byUs(
	sender: PushSender,
	far: PushService,
	{ blocks }: Town,
	count: number,
	prepared: boolean
) {
	const [origin] = far.origins;
	let open: OpenBlock | undefined;
	let accepted = 0;
	let answered = 0;
	let finish = () => {};
	const finished = new Promise<void>((done) => (finish = done));
	for (let n = 0; n < count; n++) {
		const slot = n % blockSize;
		if (slot === 0) {
			const { block, shelf } = blocks[(n / blockSize) % blockCount];
			open = openBlock(block, prepared ? shelf : undefined);
		}
		while (sender.room(origin) === 0) await sender.whenRoom(origin);
		sender.send({
			endpoint: open!.endpoint(slot),
			body: prepared ? open!.seal(slot, text)! : open!.sealFresh(slot, text),
			ttl,
			urgency: 'high',
			topic: 'k3Jx0Wb8uQmR5dTzY1cVgA',
			done({ status }) {
				if (status === 201) accepted++;
				if (++answered === count) finish();
			}
		});
	}
	await finished;
	if (accepted !== count) throw new Error(`${count - accepted} of ${count} were not accepted`);
}

/** What the phones of the samples cannot read. */
function unreadable({ phones }: Town, kept: Kept[]): Figure {
	if (kept.length < samples) throw new Error(`only ${kept.length} samples were kept`);
	const bad = kept.filter(({ path, body }) => {
		const { privateKey, keys } = phones[Number(path.split('/')[2])];
		const how = { version: 'aes128gcm', privateKey, authSecret: keys.auth };
		return !ece.decrypt(Buffer.from(body, 'base64'), how).equals(text);
	});
	return {
		case: `samples of ${samples} that http_ece could not read`,
		value: bad.length,
		unit: 'messages',
		baseline: 0,
		ratio: null,
		limit_ratio: null
	};
}
