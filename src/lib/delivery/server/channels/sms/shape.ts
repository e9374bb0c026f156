import type { Outcome } from '../../../channel.ts';

/** What we can say of a message; a gateway names the fields. */
export type Told = 'id' | 'to' | 'text' | 'from' | 'encoding' | 'segments' | 'receiptUrl';

/** An HTTP gateway as data. What varies between providers is here; `http.ts` only reads it. */
export interface HttpShape {
	method: 'GET' | 'POST';
	/** How a POST carries its fields; a GET has them in its query. */
	body: 'json' | 'form';
	/** Our word → their field. What has no field is not said. */
	fields: Partial<Record<Told, string>>;
	/** Fields that are always the same. `{user}`, `{password}` and `{from}` come from the settings. */
	always: Record<string, string>;
	/** Further fields of a text in UCS-2. */
	whenUcs2: Record<string, string>;
	headers: Record<string, string>;
	/** How the number is written: `+27…` or `27…`. */
	number: 'plus' | 'bare';
	/** How a text in UCS-2 is written into a query or form. */
	ucs2: 'utf8' | 'utf16be';
	/** The longest text it takes, in characters; longer ones fail here, before they are cut there. */
	longest: number | null;
	answer: AnswerShape;
	receipt: ReceiptShape;
	incoming: IncomingShape;
}

/** How a 2xx answer is read. Without `taken` every 2xx is an accepted message. */
export interface AnswerShape {
	/** Where the word stands in JSON, `messages.0.status`; null: the answer is the word. */
	at: string | null;
	/** Expressions over that word. What matches none is tried again. */
	taken: string | null;
	never: string | null;
	gone: string | null;
	/** Where their id stands. */
	idAt: string | null;
}

/** What a delivery report is called there, and what its statuses mean to us. */
export interface ReceiptShape {
	id: string;
	status: string;
	/** `accepted` for what is on its way or buffered. */
	outcomes: Record<string, Extract<Outcome, 'accepted' | 'delivered' | 'failed' | 'gone'>>;
}

/** What a text from a resident is called there. */
export interface IncomingShape {
	id: string;
	from: string;
	to: string;
	text: string;
	/** Names the alphabet of a URL-escaped text; null: the text is as it is. */
	charset: string | null;
}

/** One gateway as it is set up here. */
export interface HttpGateway extends HttpShape {
	kind: 'http';
	/** Part of the address of its callbacks. */
	name: string;
	url: string;
	user: string;
	password: string;
	from: string;
	/** Milliseconds. */
	timeout: number;
}

export interface SmppGateway {
	kind: 'smpp';
	name: string;
	host: string;
	port: number;
	tls: boolean;
	/** At most 15 characters (SMPP 3.4, 5.2.1). */
	user: string;
	/** At most 8 characters (5.2.2). */
	password: string;
	from: string;
	/** How a long text travels: in parts with a header, or whole in `message_payload`. */
	long: 'parts' | 'payload';
	/** How many may wait for an answer at once. */
	window: number;
	/** Milliseconds. */
	timeout: number;
	/** Milliseconds between two `enquire_link`; peers drop the silent after four minutes. */
	enquire: number;
}

export type Gateway = HttpGateway | SmppGateway;
