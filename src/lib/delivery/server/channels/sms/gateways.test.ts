import { createServer, type IncomingHttpHeaders, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Parcel } from '../../../channel.ts';
import { unescaped } from './bytes.ts';
import { httpGateway, meaningOf, requestFor } from './http.ts';
import { sms } from './index.ts';
import { order, shift } from './several.ts';
import { readGateways } from './settings.ts';
import type { HttpGateway } from './shape.ts';

const id = '019aa000-0000-7000-8000-000000000001';
const said = (text: string) => ({ messageId: id, to: '+27820000101', text });
const parcel = (text = 'Water is back.') => ({ ...said(text), language: 'en' }) as Parcel;

const gateway = (SMS_URL: string) => readGateways({ SMS_URL })[0] as HttpGateway;

// prettier-ignore
const presets = {
	own: 'https://imbizo:se%20cret@gateway.example/send',
	africastalking: 'africastalking+https://khanyisa:k3y@api.africastalking.com/version1/messaging?from=KHANYISA',
	clickatell: 'clickatell+https://:k3y%3D%3D@platform.clickatell.com/messages/http/send?from=27000000000',
	kannel: 'kannel+http://imbizo:pass@127.0.0.1:13013/cgi-bin/sendsms?from=31234'
};

describe('the request of each gateway, to the octet', () => {
	test('our own form: JSON, the encoding said by us', () => {
		expect(requestFor(gateway(presets.own), said('Môre'))).toEqual({
			url: 'https://gateway.example/send',
			headers: {
				authorization: `Basic ${Buffer.from('imbizo:se cret').toString('base64')}`,
				'content-type': 'application/json'
			},
			body: `{"id":"${id}","to":"+27820000101","text":"Môre","encoding":"ucs2","segments":1}`
		});
	});

	test('Africa’s Talking: a form, the key in a header', () => {
		expect(requestFor(gateway(presets.africastalking), said('Hallo & môre'))).toEqual({
			url: 'https://api.africastalking.com/version1/messaging',
			headers: {
				apikey: 'k3y',
				accept: 'application/json',
				'content-type': 'application/x-www-form-urlencoded'
			},
			body: 'username=khanyisa&to=%2B27820000101&message=Hallo%20%26%20m%C3%B4re&from=KHANYISA'
		});
	});

	test('Clickatell: a query, the number without its plus', () => {
		expect(requestFor(gateway(presets.clickatell), said('Hallo môre'))).toEqual({
			url: 'https://platform.clickatell.com/messages/http/send?apiKey=k3y%3D%3D&to=27820000101&content=Hallo%20m%C3%B4re&from=27000000000',
			headers: {}
		});
	});

	test('Kannel in GSM-7: UTF-8, no coding, and where it reports to', () => {
		const report = 'https://khanyisa.example/hooks/sms/main~x?id=1&status=%d';
		expect(requestFor(gateway(presets.kannel), said('Café [1]'), report).url).toBe(
			'http://127.0.0.1:13013/cgi-bin/sendsms?username=imbizo&password=pass&dlr-mask=31&to=%2B27820000101&text=Caf%C3%A9%20%5B1%5D&from=31234' +
				'&dlr-url=https%3A%2F%2Fkhanyisa.example%2Fhooks%2Fsms%2Fmain~x%3Fid%3D1%26status%3D%25d'
		);
	});

	test('Kannel with ô: UTF-16BE octets, coding 2, the charset named', () => {
		expect(requestFor(gateway(presets.kannel), said('môḓ')).url).toBe(
			'http://127.0.0.1:13013/cgi-bin/sendsms?username=imbizo&password=pass&dlr-mask=31&to=%2B27820000101&text=%00m%00%F4%1E%13&from=31234&coding=2&charset=UTF-16BE'
		);
	});

	test('a gateway nobody knows, by settings alone', () => {
		const [made] = readGateways({ SMS_GATEWAYS_FILE: undefined, SMS_URL: presets.own });
		const strange: HttpGateway = {
			...(made as HttpGateway),
			method: 'GET',
			fields: { to: 'msisdn', text: 'm', segments: 'n' },
			always: { pw: '{password}' },
			number: 'bare'
		};
		expect(requestFor(strange, said('Hi')).url).toBe(
			'https://gateway.example/send?pw=se%20cret&msisdn=27820000101&m=Hi&n=1'
		);
	});
});

describe('what each gateway answers', () => {
	const at = (recipient: object) =>
		JSON.stringify({ SMSMessageData: { Message: 'Sent to 1/1', Recipients: [recipient] } });

	// prettier-ignore
	test.each([
		['own', '{"id":"g-1"}', { outcome: 'accepted', gatewayRef: 'g-1' }],
		['own', 'OK', { outcome: 'accepted' }],
		['africastalking', at({ statusCode: 101, number: '+27820000101', status: 'Success', messageId: 'ATXid_1' }), { outcome: 'accepted', gatewayRef: 'ATXid_1' }],
		['africastalking', at({ statusCode: 403, status: 'InvalidPhoneNumber', messageId: 'None' }), { outcome: 'failed', fault: 'sms_refused' }],
		['clickatell', '{"messages":[{"apiMessageId":"77fb29998253415fa5d66971d519d362","accepted":true,"to":"27820000101","error":null}],"error":null}', { outcome: 'accepted', gatewayRef: '77fb29998253415fa5d66971d519d362' }],
		['clickatell', '{"messages":[{"apiMessageId":"","accepted":false,"to":"x","error":"Invalid"}]}', { outcome: 'failed', fault: 'sms_refused' }],
		['kannel', '0: Accepted for delivery', { outcome: 'accepted' }],
		['kannel', '3: Queued for later delivery\n', { outcome: 'accepted' }]
	] as const)('%s says %s', (preset, text, answer) => {
		expect(meaningOf(gateway(presets[preset]), text)).toEqual(answer);
	});

	// prettier-ignore
	test.each([
		['africastalking', at({ status: 'InsufficientBalance' })],
		['africastalking', '<html>maintenance</html>'],
		['africastalking', '{"SMSMessageData":{"Recipients":[]}}'],
		['clickatell', '{"messages":null}'],
		['kannel', 'Temporary failure, try again later.']
	] as const)('%s says %s: that is tried again', (preset, text) => {
		expect(() => meaningOf(gateway(presets[preset]), text)).toThrow('sms_answer');
	});
});

test('a report means to us what the provider’s page says', () => {
	const meaning = (preset: keyof typeof presets) => gateway(presets[preset]).receipt.outcomes;
	expect(meaning('africastalking')).toEqual({
		Success: 'delivered',
		Sent: 'accepted',
		Buffered: 'accepted',
		Rejected: 'failed',
		Failed: 'failed',
		Expired: 'failed'
	});
	const codes = (all: Record<string, string>, outcome: string) =>
		Object.keys(all).filter((code) => all[code] === outcome);
	expect(codes(meaning('clickatell'), 'accepted')).toEqual(['2', '3', '8', '11']);
	expect(codes(meaning('clickatell'), 'delivered')).toEqual(['4']);
	expect(codes(meaning('clickatell'), 'failed')).toEqual([
		'1',
		'5',
		'6',
		'7',
		'9',
		'10',
		'12',
		'14'
	]);
	expect(meaning('kannel')).toEqual({
		1: 'delivered',
		2: 'failed',
		4: 'accepted',
		8: 'accepted',
		16: 'failed'
	});
});

// prettier-ignore
test.each([
	['%00m%00%F4', 'UTF-16BE', 'mô'], ['m%F4re', 'ISO-8859-1', 'môre'], ['m%C3%B4re+nou', 'UTF-8', 'môre nou'],
	['100%', 'UTF-8', null], ['x', 'EBCDIC', null]
])('an incoming text %s in %s is %s', (text, charset, plain) => {
	expect(unescaped(text, charset)).toBe(plain);
});

describe('over the network', () => {
	let answer: (response: ServerResponse) => void;
	const heard: Array<{ headers: IncomingHttpHeaders; url: string; body: string }> = [];
	const server = createServer(async (request, response) => {
		const parts: Buffer[] = [];
		for await (const part of request) parts.push(part);
		heard.push({
			headers: request.headers,
			url: request.url!,
			body: Buffer.concat(parts).toString()
		});
		answer(response);
	});
	let url: string;
	let nowhere: string;
	beforeAll(async () => {
		const shut = createServer();
		await new Promise<void>((ready) => shut.listen(0, '127.0.0.1', ready));
		nowhere = `http://127.0.0.1:${(shut.address() as AddressInfo).port}/`;
		await new Promise((done) => shut.close(done));
		await new Promise<void>((ready) => server.listen(0, '127.0.0.1', ready));
		url = `http://imbizo:secret@127.0.0.1:${(server.address() as AddressInfo).port}/send`;
	});
	afterAll(() => {
		server.closeAllConnections();
		server.close();
	});
	const send = (text?: string, timeout = 400) =>
		httpGateway({ ...gateway(url), timeout }).send(parcel(text));

	// prettier-ignore
	test.each([
		[200, { outcome: 'accepted', way: 'sms/main' }], [422, { outcome: 'failed', fault: 'sms_422', way: 'sms/main' }],
		[400, { outcome: 'failed', fault: 'sms_400', way: 'sms/main' }], [410, { outcome: 'gone', fault: 'sms_410', way: 'sms/main' }]
	])('answer %i is %j', async (status, expected) => {
		answer = (response) => response.writeHead(status).end();
		expect(await send()).toEqual(expected);
	});

	// prettier-ignore
	test.each([
		['is busy', { status: 503, headers: { 'retry-after': '120' } }, { message: 'sms_503', seconds: 120, untouched: true }],
		['does not know us', { status: 401 }, { message: 'sms_401', untouched: true }],
		['is at fault', { status: 500 }, { message: 'sms_500', untouched: false }],
		['leads elsewhere', { status: 302, headers: { location: 'http://127.0.0.1:1/' } }, { message: 'sms_302', untouched: false }]
	])('one that %s is tried again', async (_, { status, headers }: { status: number; headers?: Record<string, string> }, fault) => {
		answer = (response) => response.writeHead(status, headers).end();
		const before = heard.length;
		await expect(send()).rejects.toMatchObject(fault);
		expect(heard.length).toBe(before + 1);
	});

	test('one that never answers, answers without end, hangs up or talks rubbish harms nobody', async () => {
		answer = () => {};
		await expect(send()).rejects.toMatchObject({ message: 'sms_timeout', untouched: false });
		answer = (response) => response.writeHead(200).end('x'.repeat(10 * 1024 * 1024));
		await expect(send('x', 5000)).rejects.toMatchObject({ message: 'sms_endless' });
		answer = (response) => {
			response.writeHead(200, { 'content-length': '100' }).write('half');
			setTimeout(() => response.destroy(), 20);
		};
		await expect(send()).rejects.toMatchObject({ message: 'sms_network' });
		answer = (response) => {
			response.writeHead(200);
			const drip = setInterval(() => response.write(' '), 50);
			response.on('close', () => clearInterval(drip));
		};
		await expect(send()).rejects.toMatchObject({ message: 'sms_timeout' });
		answer = (response) => response.writeHead(200).end('\u0000{"id":');
		expect(await send()).toMatchObject({ outcome: 'accepted', gatewayRef: undefined });
	});

	test('where nobody listens nothing was taken', async () => {
		const gone = httpGateway(gateway(nowhere));
		await expect(gone.send(parcel())).rejects.toMatchObject({
			message: 'sms_network',
			untouched: true
		});
		await expect(gone.ways!()[0].probe()).rejects.toMatchObject({ code: 'ECONNREFUSED' });
	});

	test('its link is tried without sending anything', async () => {
		const before = heard.length;
		await httpGateway(gateway(url)).ways!()[0].probe();
		expect(heard.length).toBe(before);
	});

	test('with two gateways, what the first refused goes by the second, once', async () => {
		const both = (first: string) => {
			const [a, b] = [gateway(first), { ...gateway(url), name: 'second' }];
			return sms([a, b]);
		};
		answer = (response) => response.writeHead(200).end('{"id":"g-2"}');
		const down = both(nowhere);
		for (let n = 0; n < 5; n++)
			expect(await down.send(parcel())).toMatchObject({ way: 'sms/second', gatewayRef: 'g-2' });

		let asked = 0;
		answer = (response) => response.writeHead(++asked === 1 ? 500 : 200).end();
		await expect(both(url).send(parcel())).rejects.toMatchObject({ message: 'sms_500' });
		expect(asked).toBe(1);
	});

	test('a text longer than a provider takes fails here, not there', async () => {
		const before = heard.length;
		const short = httpGateway({ ...gateway(url), longest: 10 });
		expect(await short.send(parcel())).toMatchObject({ outcome: 'failed', fault: 'sms_too_long' });
		expect(heard.length).toBe(before);
	});
});

describe('shares', () => {
	const usual = [90, 10];

	test('slow or down costs a step, well brings it back, nobody gets nothing', () => {
		let shares = shift(usual, usual, 0, false);
		expect(shares).toEqual([75, 25]);
		for (let n = 0; n < 20; n++) shares = shift(shares, usual, 0, false);
		expect(shares).toEqual([5, 95]);
		for (let n = 0; n < 50; n++) shares = shift(shares, usual, 0, true);
		expect(shares[0]).toBeCloseTo(90);
		expect(shares[0] + shares[1]).toBeCloseTo(100);
	});

	test('a draw chooses by share, and every gateway is asked in the end', () => {
		expect(order([90, 10], 0.5)).toEqual([0, 1]);
		expect(order([90, 10], 0.95)).toEqual([1, 0]);
		expect(order([60, 10, 30], 0.65)).toEqual([1, 0, 2]);
		expect(order([50, 50], 1)).toEqual([1, 0]);
	});
});

test('settings that are wrong are named', () => {
	expect(() => readGateways({ SMS_URL: 'gopher://x' })).toThrow(
		'SMS gateway main: gopher: is unknown'
	);
	expect(() => readGateways({ SMS_URL: 'nobody+https://x' })).toThrow('there is no preset nobody');
	expect(() => readGateways({ SMS_URL: 'smpp://u:morethan8@x:2775' })).toThrow('password of 8');
	expect(() => readGateways({ SMS_GATEWAYS_FILE: '/nowhere.json' })).toThrow('cannot be read');
});
