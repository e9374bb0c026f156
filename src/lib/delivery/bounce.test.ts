import fc from 'fast-check';
import { expect, test } from 'vitest';
import { readBounce } from './bounce.ts';

const report = (action: string, status: string, type = 'message/delivery-status') =>
	`Return-Path: <>\r
Delivered-To: bounce+a@khanyisa.example\r
To: "Bounces" <bounce+b@khanyisa.example>,\r
	bounce+c@khanyisa.example\r
Content-Type: multipart/report; report-type=delivery-status;\r
	boundary="b/1"\r
\r
--b/1\r
\r
It did not work.\r
--b/1\r
Content-Type: ${type}\r
\r
Reporting-MTA: dns; mx.example\r
Status: 5.0.0\r
\r
Final-Recipient: rfc822;\r
	thandi@mail.example\r
Action: ${action}\r
Status: ${status} (a comment)\r
--b/1\r
Content-Type: text/rfc822-headers\r
\r
Subject: Hello\r
--b/1--\r
`;

// prettier-ignore
test.each([
	['failed', '5.1.1', 'gone'], ['failed', '5.1.10', 'gone'], ['Failed', '5.2.1', 'gone'],
	['failed', '5.2.2', 'failed'], ['failed', '5.7.1', 'failed'], ['failed', '4.4.7', 'failed'],
	['failed', '5.1.8', 'failed'], ['delayed', '4.4.1', 'delayed']
])('%s with %s is %s', (action, status, kind) => {
	expect(readBounce(report(action, status))).toEqual({
		kind,
		status,
		cameBackTo: ['bounce+b@khanyisa.example', 'bounce+c@khanyisa.example', 'bounce+a@khanyisa.example']
	});
});

// prettier-ignore
test.each([
	['a success', report('delivered', '2.0.0')], ['a relay', report('relayed', '2.0.0')],
	['no status', report('failed', 'none')], ['another kind of report', report('failed', '5.1.1', 'message/disposition-notification')],
	['an answer on holiday', 'Content-Type: text/plain\n\nI am away.'], ['nothing', '']
])('%s is no bounce', (_, raw) => {
	expect(readBounce(raw)).toBeNull();
});

test('whatever comes in breaks nothing, and quickly', () => {
	const pieces = fc.constantFrom(
		'\n',
		'\r\n',
		'\n\n',
		'--b',
		'--b--',
		'Content-Type: multipart/report; boundary=b',
		'Action: failed',
		'Status: 5.1.1',
		'To: a@b.example',
		'\t',
		' ',
		':',
		'x'.repeat(5000),
		'@'.repeat(2000),
		';'
	);
	fc.assert(
		fc.property(fc.array(pieces, { maxLength: 60 }), (parts) => {
			const started = performance.now();
			readBounce(parts.join(''));
			expect(performance.now() - started).toBeLessThan(1000);
		})
	);
});

test('a letter as long as may be is read in time', () => {
	const started = performance.now();
	readBounce(report('failed', '5.1.1').replace('Hello', 'a '.repeat(200_000)));
	readBounce(`To: ${'a@'.repeat(120_000)}\n${report('failed', '5.1.1')}`);
	expect(performance.now() - started).toBeLessThan(2000);
});
