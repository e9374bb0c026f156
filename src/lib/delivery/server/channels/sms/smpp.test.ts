import type { AddressInfo, Server } from 'node:net';
import smpp, { type Pdu, type Session } from 'smpp';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { Channel, Parcel } from '../../../channel.ts';
import { readGateways } from './settings.ts';
import type { SmppGateway } from './shape.ts';
import { receiptOf, replyOf } from './smpp-words.ts';
import { smppGateway, submitsOf } from './smpp.ts';

const id = '019aa000-0000-7000-8000-000000000001';
const parcel = (text = 'Water is back.', to = '+27820000101') =>
	({ messageId: id, to, text, language: 'en' }) as Parcel;

// prettier-ignore
test.each([
	[0x00, { outcome: 'accepted' }],
	[0x58, { again: 'smpp_58', seconds: 5 }], [0x14, { again: 'smpp_14', seconds: 30 }],
	[0x08, { again: 'smpp_08', seconds: null }], [0x45, { again: 'smpp_45', seconds: null }],
	[0x0b, { outcome: 'failed', fault: 'smpp_0b_number' }], [0x01, { outcome: 'failed', fault: 'smpp_01_length' }],
	[0x66, { outcome: 'failed', fault: 'smpp_66_refused' }], [0x400, { again: 'smpp_400', seconds: null }]
])('submit_sm_resp %i: %j', (status, reply) => {
	expect(replyOf(status)).toEqual(reply);
});

const text = (stat: string) =>
	`id:0123456789 sub:001 dlvrd:001 submit date:2611221400 done date:2611221401 stat:${stat} err:000 text:Water is b`;

// prettier-ignore
test.each([
	[text('DELIVRD'), {}, { ref: '0123456789', outcome: 'delivered' }],
	[text('UNDELIV'), {}, { ref: '0123456789', outcome: 'failed' }],
	[text('EXPIRED'), {}, { ref: '0123456789', outcome: 'failed' }],
	[text('REJECTD'), {}, { ref: '0123456789', outcome: 'failed' }],
	[text('ACCEPTD'), {}, { ref: '0123456789', outcome: 'accepted' }],
	[text('ENROUTE'), {}, { ref: '0123456789', outcome: 'accepted' }],
	['', { receipted_message_id: 'abc\0', message_state: 2 }, { ref: 'abc', outcome: 'delivered' }],
	['', { receipted_message_id: 'abc', message_state: 5 }, { ref: 'abc', outcome: 'failed' }],
	['STOP', {}, null], [text('SHRUGGED'), {}, null], ['id: stat:', {}, null]
])('the receipt %s %j', (said, fields, receipt) => {
	expect(receiptOf(said, fields)).toEqual(receipt);
});

test('a long text travels in parts with a header that stays the same at a second try', () => {
	const twice = [1, 2].map(() =>
		submitsOf({ from: 'Khanyisa', long: 'parts' }, parcel('a'.repeat(307)))
	);
	expect(twice[0]).toEqual(twice[1]);
	const parts = twice[0].map(({ short_message }) => short_message as Buffer);
	expect(parts.map((part) => part.length)).toEqual([159, 159, 7]);
	expect(parts.map((part) => [...part.subarray(0, 3), ...part.subarray(4, 6)])).toEqual([
		[5, 0, 3, 3, 1],
		[5, 0, 3, 3, 2],
		[5, 0, 3, 3, 3]
	]);
	expect(
		twice[0].map(({ registered_delivery, esm_class }) => [registered_delivery, esm_class])
	).toEqual([
		[0, 0x40],
		[0, 0x40],
		[1, 0x40]
	]);
});

test('or whole in message_payload; the alphabet is named by us', () => {
	const [whole, ...more] = submitsOf({ from: '31234', long: 'payload' }, parcel('ê'.repeat(140)));
	expect(more).toEqual([]);
	expect(whole).toMatchObject({ data_coding: 8, source_addr_ton: 3, registered_delivery: 1 });
	expect((whole.message_payload as Buffer).length).toBe(280);
	expect(submitsOf({ from: '+27110000000', long: 'parts' }, parcel())[0]).toMatchObject({
		data_coding: 0,
		source_addr_ton: 1,
		source_addr: '27110000000',
		destination_addr: '27820000101'
	});
});

describe('against an SMPP server on this machine', () => {
	let server: Server;
	let port: number;
	let sessions: Session[];
	let submits: Pdu[];
	let links: number;
	let answer: (pdu: Pdu, session: Session) => void;
	const accept = (pdu: Pdu, session: Session) =>
		void session.send(pdu.response({ message_id: `ref-${submits.length}` }));
	const open: Channel[] = [];

	const start = (at = 0) =>
		new Promise<void>((ready) => {
			server = smpp.createServer((session) => {
				sessions.push(session);
				session.on('error', () => {});
				session.on('bind_transceiver', (pdu: Pdu) => {
					const known = pdu.system_id === 'imbizo' && pdu.password === 'secret';
					session.send(pdu.response({ command_status: known ? 0 : 0x0e }));
				});
				session.on('enquire_link', (pdu: Pdu) => {
					links += 1;
					session.send(pdu.response());
				});
				session.on('unbind', (pdu: Pdu) => session.send(pdu.response()));
				session.on('submit_sm', (pdu: Pdu) => {
					submits.push(pdu);
					answer(pdu, session);
				});
			});
			server.listen(at, '127.0.0.1', () => {
				port = (server.address() as AddressInfo).port;
				ready();
			});
		});
	const stop = () =>
		new Promise<void>((done) => {
			for (const session of sessions) session.destroy();
			server.close(() => done());
		});

	beforeEach(async () => {
		[sessions, submits, links, answer] = [[], [], 0, accept];
		await start();
	});
	afterEach(async () => {
		for (const channel of open.splice(0)) await channel.close?.();
		await stop();
	});

	const made = (more: Partial<SmppGateway> = {}, heard?: Parameters<typeof smppGateway>[1]) => {
		const [usual] = readGateways({ SMS_URL: `smpp://imbizo:secret@127.0.0.1:${port}?from=31234` });
		const channel = smppGateway({ ...(usual as SmppGateway), timeout: 500, ...more }, heard);
		open.push(channel);
		return channel;
	};

	test('an SMS arrives as it was written, in the alphabet we chose', async () => {
		const channel = made();
		expect(await channel.send(parcel('Café [1] €'))).toEqual({
			outcome: 'accepted',
			gatewayRef: 'ref-1',
			way: 'sms/main'
		});
		await channel.send(parcel('môre ḓ'));
		expect(submits.map(({ data_coding }) => data_coding)).toEqual([0, 8]);
		expect(
			submits.map(({ short_message }) => (short_message as { message: string }).message)
		).toEqual(['Café [1] €', 'môre ḓ']);
		expect(submits[0]).toMatchObject({ source_addr: '31234', destination_addr: '27820000101' });
		expect(sessions).toHaveLength(1);
	});

	test('300 characters arrive in two parts', async () => {
		expect(await made().send(parcel('b'.repeat(300)))).toMatchObject({ gatewayRef: 'ref-2' });
		const words = submits.map(
			({ short_message }) => (short_message as { message: string }).message
		);
		expect(words.join('')).toBe('b'.repeat(300));
	});

	test('or whole, where the gateway wants it so', async () => {
		await made({ long: 'payload' }).send(parcel('b'.repeat(300)));
		expect((submits[0].message_payload as { message: string }).message).toBe('b'.repeat(300));
	});

	test('one that throttles is tried later; a wrong number never again', async () => {
		const channel = made();
		answer = (pdu, session) => session.send(pdu.response({ command_status: 0x58 }));
		await expect(channel.send(parcel())).rejects.toMatchObject({
			message: 'smpp_58',
			seconds: 5,
			untouched: true
		});
		answer = (pdu, session) => session.send(pdu.response({ command_status: 0x0b }));
		expect(await channel.send(parcel())).toMatchObject({ outcome: 'failed' });
	});

	test('a second part that is refused does not send the whole another way', async () => {
		answer = (pdu, session) =>
			session.send(
				pdu.response(submits.length > 1 ? { command_status: 0x58 } : { message_id: 'a' })
			);
		await expect(made().send(parcel('c'.repeat(200)))).rejects.toMatchObject({ untouched: false });
	});

	test('a receipt is answered after it was kept, and refused when it was not', async () => {
		const heard: unknown[] = [];
		let keep = true;
		await made(
			{},
			{
				async heard(receipt) {
					if (!keep) throw new Error('no database');
					heard.push(receipt);
				}
			}
		).send(parcel());
		const report = () =>
			new Promise<number>((done) =>
				sessions[0].deliver_sm(
					{ esm_class: 4, short_message: text('DELIVRD') },
					({ command_status }) => done(command_status)
				)
			);
		expect(await report()).toBe(0);
		expect(heard).toEqual([{ gateway: 'main', ref: '0123456789', outcome: 'delivered' }]);
		keep = false;
		expect(await report()).toBe(0x64);
	});

	test('never more wait for an answer than the window allows', async () => {
		const held: Array<() => void> = [];
		let most = 0;
		answer = (pdu, session) => {
			held.push(() => session.send(pdu.response({ message_id: 'x' })));
			most = Math.max(most, held.length);
			if (held.length === 3) for (const each of held.splice(0)) setTimeout(each, 5);
		};
		const channel = made({ window: 3 });
		await Promise.all(Array.from({ length: 12 }, () => channel.send(parcel())));
		expect([most, submits.length]).toEqual([3, 12]);
	});

	test('it asks for life, and a peer that stays silent is left', async () => {
		const channel = made({ enquire: 50 });
		await channel.send(parcel());
		await expect.poll(() => links).toBeGreaterThan(1);
		await channel.ways!()[0].probe();
	});

	test('silence is not acceptance: the message may have been taken, so it waits', async () => {
		answer = () => {};
		await expect(made({ timeout: 100 }).send(parcel())).rejects.toMatchObject({
			message: 'smpp_timeout',
			untouched: false
		});
	});

	test('after a crash of the gateway it comes back by itself', async () => {
		const channel = made();
		await channel.send(parcel());
		const where = port;
		await stop();
		await expect(channel.send(parcel())).rejects.toMatchObject({ name: 'TryLater' });
		await start(where);
		await expect
			.poll(() => channel.send(parcel()).catch(() => null), { timeout: 10_000, interval: 100 })
			.toMatchObject({ outcome: 'accepted' });
	});

	test('a wrong password is no message lost', async () => {
		await expect(made({ password: 'wrong' }).send(parcel())).rejects.toMatchObject({
			message: 'smpp_bind_e',
			untouched: true
		});
	});
});
