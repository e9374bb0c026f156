import smpp, { type Pdu, type Session } from 'smpp';
import { TryLater, type Answer, type Channel, type Parcel, type Way } from '../../../channel.ts';
import { log } from '../../../../platform/server/log.ts';
import {
	addressOf,
	codingOf,
	octetsOf,
	partsOf,
	receiptOf,
	replyOf,
	type Receipt
} from './smpp-words.ts';
import type { SmppGateway } from './shape.ts';

export interface Listening {
	/** A delivery receipt, to be kept before it is answered. */
	heard?: (receipt: Receipt & { gateway: string }) => Promise<void>;
}

const longestPause = 60_000;

/**
 * A gateway over SMPP 3.4: one `bind_transceiver` session, kept open because receipts come back over
 * it, asked for life every 30 seconds, and opened again with growing pauses and jitter. At most
 * `window` submits wait for an answer; who finds no room waits here, in order.
 */
export function smppGateway(gateway: SmppGateway, { heard }: Listening = {}): Channel {
	let open: Promise<Session> | undefined;
	let bound: Session | undefined;
	let closed = false;
	let faults = 0;
	let restUntil = 0;
	let reopening: NodeJS.Timeout | undefined;
	const room = window(gateway.window);

	const session = async (): Promise<Session> => {
		if (bound) return bound;
		if (Date.now() < restUntil) throw new TryLater('smpp_down', null, true);
		return await (open ??= bind(gateway).then(settled, failed));
	};

	function settled(fresh: Session) {
		bound = fresh;
		open = undefined;
		faults = 0;
		const pulse = setInterval(() => {
			void answered(gateway.timeout, fresh, (done) => fresh.enquire_link(done)).catch(() =>
				fresh.destroy()
			);
		}, gateway.enquire).unref();
		fresh.on('deliver_sm', (pdu) => void take(fresh, pdu));
		fresh.on('enquire_link', (pdu) => fresh.send(pdu.response()));
		fresh.on('unbind', (pdu) => {
			fresh.send(pdu.response());
			fresh.close();
		});
		fresh.on('error', () => fresh.destroy());
		fresh.once('close', () => {
			clearInterval(pulse);
			if (bound === fresh) bound = undefined;
			rest();
		});
		return fresh;
	}

	function failed(reason: unknown): never {
		open = undefined;
		faults += 1;
		rest();
		throw reason;
	}

	/** Waits a random part of a growing pause, so that many clients do not come back at once. */
	function rest() {
		if (closed) return;
		const pause =
			Math.min(longestPause, 500 * 2 ** Math.min(faults, 8)) * (0.5 + Math.random() / 2);
		restUntil = Date.now() + pause;
		clearTimeout(reopening);
		reopening = setTimeout(() => void session().catch(() => {}), pause).unref();
	}

	/** A report is answered when it is kept; until then the gateway repeats it. */
	async function take(from: Session, pdu: Pdu) {
		const receipt = (pdu.esm_class ?? 0) & 0x3c ? receiptOf(textOf(pdu), pdu) : null;
		try {
			if (receipt) await heard?.({ ...receipt, gateway: gateway.name });
			from.send(pdu.response());
		} catch (reason) {
			log.warn({ gateway: gateway.name, err: reason }, 'receipt not kept');
			from.send(pdu.response({ command_status: 0x64 }));
		}
	}

	async function submit(over: Session, fields: Record<string, unknown>): Promise<Pdu> {
		const leave = await room();
		try {
			return await answered(gateway.timeout, over, (done) => over.submit_sm(fields, done));
		} finally {
			leave();
		}
	}

	const way: Way = {
		name: `sms/${gateway.name}`,
		async probe() {
			const over = await session();
			await answered(gateway.timeout, over, (done) => over.enquire_link(done));
		}
	};

	return {
		ways: () => [way],
		async send(parcel): Promise<Answer> {
			const over = await session();
			let gatewayRef: string | undefined;
			let taken = 0;
			for (const fields of submitsOf(gateway, parcel)) {
				const { command_status, message_id } = await submit(over, fields);
				const reply = replyOf(command_status);
				// A part that went before was taken: this must not go another way as a whole.
				if ('again' in reply) throw new TryLater(reply.again, reply.seconds, taken === 0);
				if (reply.outcome === 'failed') return { ...reply, way: way.name };
				gatewayRef = message_id;
				taken += 1;
			}
			return { outcome: 'accepted', gatewayRef, way: way.name };
		},
		async close() {
			closed = true;
			clearTimeout(reopening);
			const over = bound ?? (await open?.catch(() => undefined));
			if (!over) return;
			await answered(1000, over, (done) => over.unbind(done)).catch(() => {});
			over.destroy();
		}
	};
}

/** What is submitted for one message; the last part alone asks for a receipt. */
export function submitsOf(
	gateway: Pick<SmppGateway, 'from' | 'long'>,
	{ messageId, to, text }: Pick<Parcel, 'messageId' | 'to' | 'text'>
): Array<Record<string, unknown>> {
	const from = addressOf(gateway.from);
	const base = {
		source_addr_ton: from.ton,
		source_addr_npi: from.npi,
		source_addr: from.address,
		dest_addr_ton: 1,
		dest_addr_npi: 1,
		destination_addr: to.replace(/^\+/, ''),
		data_coding: codingOf(text)
	};
	const parts = partsOf(text, messageId);
	if (parts.length > 1 && gateway.long === 'payload')
		return [
			{
				...base,
				registered_delivery: 1,
				short_message: Buffer.alloc(0),
				message_payload: octetsOf(text)
			}
		];
	return parts.map((part, at) => ({
		...base,
		esm_class: parts.length > 1 ? 0x40 : 0,
		registered_delivery: at === parts.length - 1 ? 1 : 0,
		short_message: part
	}));
}

async function bind(gateway: SmppGateway): Promise<Session> {
	const { host, port, tls, user, password, timeout } = gateway;
	const fresh = smpp.connect({ host, port, tls, servername: host });
	const quiet = () => {};
	fresh.on('error', quiet);
	try {
		await new Promise<void>((connected, failed) => {
			const late = setTimeout(() => failed(new TryLater('smpp_timeout', null, true)), timeout);
			fresh.once(tls ? 'secureConnect' : 'connect', () => {
				clearTimeout(late);
				connected();
			});
			fresh.once('error', () => {
				clearTimeout(late);
				failed(new TryLater('smpp_network', null, true));
			});
		});
		const { command_status } = await answered(timeout, fresh, (done) =>
			fresh.bind_transceiver({ system_id: user, password, interface_version: 0x34 }, done)
		);
		if (command_status !== 0)
			throw new TryLater(`smpp_bind_${command_status.toString(16)}`, 300, true);
	} catch (reason) {
		fresh.destroy();
		throw reason instanceof TryLater ? new TryLater(reason.message, reason.seconds, true) : reason;
	}
	return fresh;
}

/** Waits for the answer to one question, no longer than this, and not beyond the session's end. */
async function answered(
	timeout: number,
	over: Session,
	ask: (done: (answer: Pdu) => void) => boolean
): Promise<Pdu> {
	return await new Promise<Pdu>((heard, failed) => {
		const stop = (fault: string) => () => {
			clearTimeout(late);
			over.off('close', ended);
			failed(new TryLater(fault));
		};
		const ended = stop('smpp_closed');
		const late = setTimeout(stop('smpp_timeout'), timeout);
		over.once('close', ended);
		const asked = ask((answer) => {
			clearTimeout(late);
			over.off('close', ended);
			heard(answer);
		});
		if (!asked) stop('smpp_closed')();
	});
}

/** Room for so many at once; the others wait in order. */
function window(size: number) {
	let free = size;
	const waiting: Array<() => void> = [];
	const leave = () => {
		const next = waiting.shift();
		if (next) next();
		else free += 1;
	};
	return async () => {
		if (free > 0) free -= 1;
		else await new Promise<void>((turn) => waiting.push(turn));
		return leave;
	};
}

function textOf({ short_message, message_payload }: Pdu): string {
	const said = [short_message, message_payload].map((each) =>
		typeof each === 'string' ? each : (each?.message ?? '')
	);
	return said.map((each) => (typeof each === 'string' ? each : each.toString('latin1'))).join('');
}
