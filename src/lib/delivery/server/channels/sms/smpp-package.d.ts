/** What we use of npm `smpp` 0.5.1, which brings no types. */
declare module 'smpp' {
	import type { EventEmitter } from 'node:events';
	import type { Server as NetServer, Socket } from 'node:net';

	export interface Pdu {
		command: string;
		command_status: number;
		sequence_number: number;
		message_id?: string;
		esm_class?: number;
		data_coding?: number;
		source_addr?: string;
		destination_addr?: string;
		registered_delivery?: number;
		short_message?: { message?: string | Buffer; udh?: Buffer[] } | string;
		message_payload?: { message?: string | Buffer } | string;
		receipted_message_id?: string;
		message_state?: number;
		system_id?: string;
		password?: string;
		response(options?: Record<string, unknown>): Pdu;
		[field: string]: unknown;
	}

	type Heard = (answer: Pdu) => void;

	export class Session extends EventEmitter {
		socket: Socket;
		_callbacks: Record<number, Heard>;
		send(pdu: Pdu, answered?: Heard, sent?: Heard): boolean;
		close(done?: () => void): void;
		destroy(done?: () => void): void;
		pause(): void;
		resume(): void;
		bind_transceiver(options: Record<string, unknown>, answered?: Heard): boolean;
		submit_sm(options: Record<string, unknown>, answered?: Heard): boolean;
		deliver_sm(options: Record<string, unknown>, answered?: Heard): boolean;
		enquire_link(answered?: Heard): boolean;
		unbind(answered?: Heard): boolean;
	}

	const smpp: {
		connect(options: Record<string, unknown>, connected?: () => void): Session;
		createServer(options: Record<string, unknown>, session: (session: Session) => void): NetServer;
		createServer(session: (session: Session) => void): NetServer;
		PDU: new (command: string, options?: Record<string, unknown>) => Pdu;
		[status: `ESME_${string}`]: number;
	};
	export default smpp;
}
