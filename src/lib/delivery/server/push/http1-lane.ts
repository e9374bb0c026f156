import { Agent as PlainAgent, request as overHttp } from 'node:http';
import { Agent, request as overHttps } from 'node:https';
import type { LookupFunction } from 'node:net';
import type { SecureContext } from 'node:tls';
import { retryAfter } from '../channels/retry-after.ts';
import type { Flight, Lane, LaneOwner } from './lane.ts';
import { pulse } from './pulse.ts';
import { faultOf, noAnswer } from './reply.ts';

/** One request a connection: so many connections. */
const connections = 50;

export interface Http1Settings {
	lookup?: LookupFunction;
	secureContext?: SecureContext;
}

/** Kept connections to a service that speaks HTTP/1.1 only. */
export class Http1Lane implements Lane {
	open = 0;
	most = connections;
	retired = false;
	mourned = false;
	heardAt = pulse.now;
	usedAt = pulse.now;
	#origin: URL;
	#owner: LaneOwner;
	#agent: Agent | PlainAgent;

	constructor(origin: URL, owner: LaneOwner, settings: Http1Settings) {
		this.#origin = origin;
		this.#owner = owner;
		const kept = { keepAlive: true, maxSockets: connections, ...settings };
		this.#agent = origin.protocol === 'https:' ? new Agent(kept) : new PlainAgent(kept);
	}

	post(flight: Flight) {
		this.open++;
		this.usedAt = pulse.now;
		flight.lane = this;
		const ask = this.#origin.protocol === 'https:' ? overHttps : overHttp;
		const sent = ask(
			this.#origin,
			{ method: 'POST', path: flight.path, agent: this.#agent, headers: this.#headers(flight) },
			(response) => {
				this.heardAt = pulse.now;
				response.resume();
				this.#owner.settle(flight, {
					status: response.statusCode ?? 0,
					retryAfter: retryAfter(response.headers['retry-after']),
					location: response.headers.location
				});
			}
		);
		flight.cancel = () => sent.destroy();
		sent.on('error', (reason) => this.#owner.settle(flight, noAnswer(faultOf(reason))));
		sent.on('close', () => this.#closed(flight));
		sent.end(flight.body);
	}

	#headers({ body, ttl, urgency, topic }: Flight) {
		return {
			Authorization: this.#owner.authorization(),
			'Content-Encoding': 'aes128gcm',
			'Content-Type': 'application/octet-stream',
			'Content-Length': body.length,
			TTL: ttl,
			Urgency: urgency,
			...(topic && { Topic: topic })
		};
	}

	#closed(flight: Flight) {
		this.open--;
		if (this.retired && this.open === 0) this.#agent.destroy();
		if (flight.over) return this.#owner.freed(this);
		this.#owner.settle(flight, noAnswer('reset'));
	}

	retire() {
		this.retired = true;
		if (this.open === 0) this.#agent.destroy();
	}

	destroy() {
		this.retired = true;
		this.#agent.destroy();
	}
}
