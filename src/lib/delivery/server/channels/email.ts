import { createTransport } from 'nodemailer';
import { TryLater, type Answer, type Channel, type Parcel } from '../../channel.ts';
import { htmlOf } from './html.ts';

export interface Mail {
	/** `smtp://user:password@host:port`, or `smtps:` */
	url: string;
	/** `Imbizo <no-reply@khanyisa.gov.za>`: the address; the name is the municipality's. */
	from: string;
}

interface SmtpFault {
	responseCode?: number;
	code?: string;
}

const addressIn = (from: string) => /<([^>]+)>/.exec(from)?.[1] ?? from;

/** E-mail over a pooled SMTP connection: plain text always, simple HTML beside it, and one-click unsubscribing (RFC 8058). */
export function email({ url, from }: Mail): Channel {
	const transport = createTransport({
		url,
		pool: true,
		maxConnections: 3,
		connectionTimeout: 10_000,
		greetingTimeout: 10_000,
		socketTimeout: 20_000
	});
	const address = addressIn(from);
	return {
		async send(parcel): Promise<Answer> {
			try {
				const { messageId } = await transport.sendMail(letter(parcel, address));
				return { outcome: 'accepted', gatewayRef: messageId };
			} catch (reason) {
				return answerTo(reason as SmtpFault);
			}
		},
		close: () => transport.close()
	};
}

function letter(
	{ to, title, text, language, from, messageId, unsubscribe }: Parcel,
	address: string
) {
	const headers: Record<string, string> = {
		'Auto-Submitted': 'auto-generated',
		'X-Auto-Response-Suppress': 'All',
		'Content-Language': language
	};
	if (unsubscribe) {
		headers['List-Unsubscribe'] = `<${unsubscribe}/stop>`;
		headers['List-Unsubscribe-Post'] = 'List-Unsubscribe=One-Click';
	}
	return {
		from: { name: from, address },
		to,
		subject: title,
		text,
		html: htmlOf(text, language),
		// The same message twice carries the same id, so that mailboxes show it once.
		messageId: `<${messageId}@${address.split('@')[1] ?? 'localhost'}>`,
		headers,
		disableFileAccess: true,
		disableUrlAccess: true
	};
}

const noSuchAddress = new Set([550, 551, 553]);

/** SMTP's answers in our words (RFC 5321 4.2): 5yz is for good, everything else is another try. */
function answerTo({ responseCode, code }: SmtpFault): Answer {
	if (code === 'EENVELOPE' && noSuchAddress.has(responseCode ?? 0))
		return { outcome: 'gone', fault: `smtp_${responseCode}` };
	if (code === 'EAUTH') throw new TryLater('smtp_auth', 900);
	if (responseCode && responseCode >= 500)
		return { outcome: 'failed', fault: `smtp_${responseCode}` };
	throw new TryLater(responseCode ? `smtp_${responseCode}` : `smtp_${code ?? 'network'}`);
}
