import { spawn, type ChildProcess } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import { createServer as createTcpServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { sms, readGateways, type HttpGateway } from '#lib/delivery/server/channels/sms/index.ts';
import { dial } from '#lib/delivery/server/channels/dial.ts';
import { reportIn } from '#lib/delivery/server/receipts.ts';
import type { Parcel } from '#lib/delivery/channel.ts';
import { has } from '../support/terminal.ts';

const fakesmsc = '/usr/lib/kannel/test/fakesmsc';
const missing =
	has('bearerbox') && has('smsbox') && existsSync(fakesmsc)
		? null
		: 'kannel and kannel-extras are not installed';
if (missing) console.log(`skipped: SMS through a real Kannel: ${missing}`);

const freePort = () =>
	new Promise<number>((found) => {
		const probe = createTcpServer().listen(0, '127.0.0.1', () => {
			const { port } = probe.address() as AddressInfo;
			probe.close(() => found(port));
		});
	});

const settings = (folder: string, [admin, box, smsc, send]: number[]) => `
group = core
admin-port = ${admin}
admin-password = unused
smsbox-port = ${box}
box-allow-ip = 127.0.0.1
dlr-storage = internal
log-level = 1
log-file = ${folder}/bearerbox.log

group = smsc
smsc = fake
smsc-id = fake
host = 127.0.0.1
port = ${smsc}
connect-allow-ip = 127.0.0.1

group = smsbox
bearerbox-host = 127.0.0.1
sendsms-port = ${send}
log-level = 1
log-file = ${folder}/smsbox.log

group = sendsms-user
username = imbizo
password = secret
max-messages = 10
concatenation = 1

group = sms-service
keyword = default
text = ""
`;

const folder = mkdtempSync(join(tmpdir(), 'kannel-'));
const running: ChildProcess[] = [];
const phones: string[] = [];
const reports: string[] = [];
let hooks: Server;
let gateway: HttpGateway;

const start = (program: string, ...args: string[]) => {
	const child = spawn(program, args, { stdio: ['pipe', 'pipe', 'pipe'] });
	running.push(child);
	return child;
};

beforeAll(async () => {
	if (missing) return;
	const ports = await Promise.all([1, 2, 3, 4].map(freePort));
	const file = join(folder, 'kannel.conf');
	writeFileSync(file, settings(folder, ports));
	hooks = createServer(({ url }, response) => {
		reports.push(url!);
		response.end();
	});
	await new Promise<void>((ready) => hooks.listen(0, '127.0.0.1', ready));
	gateway = readGateways({
		SMS_URL: `kannel+http://imbizo:secret@127.0.0.1:${ports[3]}/cgi-bin/sendsms?from=31234`
	})[0] as HttpGateway;

	start('bearerbox', file);
	await listening(ports[1]);
	start('smsbox', file);
	// A phone network that prints what it gets; it lives while somebody could type into it.
	const { stderr, stdout } = start(fakesmsc, '-H', '127.0.0.1', '-r', String(ports[2]), '-m', '0');
	const print = (text: Buffer) =>
		phones.push(
			...[...text.toString().matchAll(/Got message \d+: <(.*)>/g)].map(([, what]) => what)
		);
	stderr!.on('data', print);
	stdout!.on('data', print);
	await listening(ports[3]);
});

afterAll(() => {
	for (const child of running.reverse()) child.kill('SIGKILL');
	hooks?.close();
	rmSync(folder, { recursive: true, force: true });
});

/** Waits until somebody listens there, ten seconds at most. */
async function listening(port: number) {
	for (let n = 0; n < 100; n++) {
		if (
			await dial(`http://127.0.0.1:${port}`).then(
				() => true,
				() => false
			)
		)
			return;
		await pause(100);
	}
	throw new Error(`Nobody listens at ${port}`);
}

const send = (text: string, messageId: string) => {
	const { port } = hooks.address() as AddressInfo;
	const receiptUrl = (name: string, id: string) =>
		`http://127.0.0.1:${port}/hooks/sms/${name}~secret?id=${id}&status=%d`;
	return sms([gateway], { receiptUrl }).send({
		messageId,
		to: '+27820000101',
		text,
		language: 'en'
	} as Parcel);
};

test.skipIf(missing)(
	'a text reaches the network as it was written, in either alphabet',
	async () => {
		expect(await send('Café [1] €', 'a')).toMatchObject({ outcome: 'accepted' });
		expect(await send('môre ḓ', 'b')).toMatchObject({ outcome: 'accepted' });
		await expect.poll(() => phones.length, { timeout: 10_000 }).toBeGreaterThan(1);
		expect(phones.find((each) => each.includes(' text '))).toBe(
			'31234 +27820000101 text Café [1] €'
		);
		expect(phones.find((each) => each.includes('ucs-2'))).toBe(
			'31234 +27820000101 ucs-2 %00m%00%F4%00r%00e%00+%1E%13'
		);
	}
);

test.skipIf(missing)('a long text arrives in parts', async () => {
	const before = phones.length;
	expect(await send('z'.repeat(300), 'c')).toMatchObject({ outcome: 'accepted' });
	await expect.poll(() => phones.length, { timeout: 10_000 }).toBeGreaterThan(before + 1);
	expect(phones.slice(before).join('').match(/z/g)).toHaveLength(300);
});

test.skipIf(missing)('its reports name our message: first on its way, then delivered', async () => {
	await send('Report', 'd');
	const mine = () =>
		reports
			.map((url) => Object.fromEntries(new URL(url, 'http://x').searchParams))
			.filter(({ id }) => id === 'd')
			.map((fields) => reportIn(gateway, fields)?.outcome);
	await expect.poll(() => mine().length, { timeout: 10_000 }).toBeGreaterThan(1);
	expect(mine()).toEqual(['accepted', 'delivered']);
});

test.skipIf(missing)('a wrong password is no message lost', async () => {
	await expect(
		sms([{ ...gateway, password: 'wrong' }]).send({ to: '+27820000101', text: 'x' } as Parcel)
	).rejects.toMatchObject({
		message: 'sms_403',
		untouched: true
	});
});
