/** What a browser hands over when its owner allows pushes (RFC 8030, RFC 8291). */
export interface PushSubscription {
	endpoint: string;
	keys: { p256dh: string; auth: string };
}
