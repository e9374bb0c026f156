import type { HttpShape } from './shape.ts';

/** Our own form, for whoever builds a gateway to us. */
const own: HttpShape = {
	method: 'POST',
	body: 'json',
	fields: { id: 'id', to: 'to', text: 'text', encoding: 'encoding', segments: 'segments' },
	always: {},
	whenUcs2: {},
	headers: {},
	number: 'plus',
	ucs2: 'utf8',
	longest: null,
	answer: { at: null, taken: null, never: null, gone: null, idAt: 'id' },
	receipt: {
		id: 'id',
		status: 'status',
		outcomes: { accepted: 'accepted', delivered: 'delivered', failed: 'failed', gone: 'gone' }
	},
	incoming: { id: 'id', from: 'from', to: 'to', text: 'text', charset: null }
};

const africastalking: HttpShape = {
	...own,
	body: 'form',
	fields: { to: 'to', text: 'message', from: 'from' },
	always: { username: '{user}' },
	headers: { apikey: '{password}', accept: 'application/json' },
	answer: {
		at: 'SMSMessageData.Recipients.0.status',
		taken: '^Success$',
		never: '^(InvalidPhoneNumber|UnsupportedNumberType|InvalidSenderId|UserInBlacklist)$',
		gone: null,
		idAt: 'SMSMessageData.Recipients.0.messageId'
	},
	receipt: {
		id: 'id',
		status: 'status',
		outcomes: {
			Success: 'delivered',
			Sent: 'accepted',
			Buffered: 'accepted',
			Rejected: 'failed',
			Failed: 'failed',
			Expired: 'failed'
		}
	}
};

/** Its answer is not confirmed by a live account: `accepted` and `apiMessageId` as its pages show them. */
const clickatell: HttpShape = {
	...own,
	method: 'GET',
	fields: { to: 'to', text: 'content', from: 'from' },
	always: { apiKey: '{password}' },
	number: 'bare',
	longest: 640,
	answer: {
		at: 'messages.0.accepted',
		taken: '^true$',
		never: '^false$',
		gone: null,
		idAt: 'messages.0.apiMessageId'
	},
	receipt: {
		id: 'messageId',
		status: 'statusCode',
		// 3 has reached the operator, 4 the phone.
		outcomes: {
			...say('accepted', [2, 3, 8, 11]),
			...say('delivered', [4]),
			...say('failed', [1, 5, 6, 7, 9, 10, 12, 14])
		}
	},
	incoming: {
		id: 'messageId',
		from: 'fromNumber',
		to: 'toNumber',
		text: 'text',
		charset: 'charset'
	}
};

/** Never `coding=0` with letters outside GSM-7: it delivers question marks and says nothing. */
const kannel: HttpShape = {
	...own,
	method: 'GET',
	fields: { to: 'to', text: 'text', from: 'from', receiptUrl: 'dlr-url' },
	always: { username: '{user}', password: '{password}', 'dlr-mask': '31' },
	whenUcs2: { coding: '2', charset: 'UTF-16BE' },
	ucs2: 'utf16be',
	answer: { at: null, taken: '^(0: Accepted|3: Queued)', never: null, gone: null, idAt: null },
	receipt: {
		id: 'id',
		status: 'status',
		outcomes: {
			...say('delivered', [1]),
			...say('failed', [2, 16]),
			...say('accepted', [4, 8])
		}
	}
};

function say<Outcome extends string>(outcome: Outcome, codes: number[]) {
	return Object.fromEntries(codes.map((code) => [String(code), outcome])) as Record<
		string,
		Outcome
	>;
}

export const presets: Record<string, HttpShape> = { own, africastalking, clickatell, kannel };
