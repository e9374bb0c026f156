import { connect } from 'node:net';

/** What `ask` sends to this process. */
export interface Errand {
	port: number;
	/** The request, as it goes over the wire. */
	question: string;
	requests: number;
	connections: number;
}

// Whoever asks is a process of its own, as readers are.
process.on('message', async (errand: Errand) => {
	const began = performance.now();
	let left = errand.requests;
	await Promise.all(Array.from({ length: errand.connections }, line));
	process.send!({ seconds: (performance.now() - began) / 1000 });

	/** Asks over one kept connection, the next when the answer is whole. */
	function line() {
		return new Promise<void>((done, failed) => {
			const socket = connect(errand.port, '127.0.0.1', () => socket.write(errand.question));
			let [head, missing] = ['', -1];
			socket.on('error', failed);
			socket.on('data', (chunk) => {
				if (missing < 0) {
					head += chunk.toString('latin1');
					const end = head.indexOf('\r\n\r\n');
					if (end < 0) return;
					const length = /content-length: (\d+)/i.exec(head)?.[1];
					if (!head.startsWith('HTTP/1.1 200') || !length)
						return failed(new Error(head.slice(0, 200)));
					missing = Number(length) - (head.length - end - 4);
				} else missing -= chunk.length;
				if (missing > 0) return;
				[head, missing] = ['', -1];
				if (--left >= errand.connections) return void socket.write(errand.question);
				socket.end();
				done();
			});
		});
	}
});
