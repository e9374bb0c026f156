const two = (n: number) => String(n).padStart(2, '0');

/** Minutes after midnight as a time field shows them: `21:00`. */
export const clockText = (minute: number) => `${two(Math.floor(minute / 60))}:${two(minute % 60)}`;

/** Minutes after midnight of what a time field sent; NaN when it is no time. */
export function clockMinutes(text: string): number {
	const [, hour, minute] = /^(\d{1,2}):(\d{2})$/.exec(text.trim()) ?? [];
	return Number(hour) < 24 && Number(minute) < 60 ? Number(hour) * 60 + Number(minute) : NaN;
}
