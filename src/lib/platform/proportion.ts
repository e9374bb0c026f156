/** A share of counted things, with the interval in which the true one lies 95 times of 100. */
export interface Proportion {
	k: number;
	n: number;
	low: number;
	high: number;
}

/**
 * The exact interval of Clopper and Pearson for k of n, at 95 %: lower = B⁻¹(0.025; k, n−k+1), upper =
 * B⁻¹(0.975; k+1, n−k), where B is the beta distribution; 0 when k is 0, 1 when k is n.
 */
export const proportion = (k: number, n: number): Proportion => ({
	k,
	n,
	low: k === 0 ? 0 : betaQuantile(0.025, k, n - k + 1),
	high: k === n ? 1 : betaQuantile(0.975, k + 1, n - k)
});

/** The x below which a share p of the beta distribution lies: halved until no double is left between. */
function betaQuantile(p: number, a: number, b: number): number {
	let [low, high] = [0, 1];
	for (let i = 0; i < 60; i++) {
		const middle = (low + high) / 2;
		if (betaShare(middle, a, b) < p) low = middle;
		else high = middle;
	}
	return (low + high) / 2;
}

/** The regularised incomplete beta function, by its continued fraction (Lentz). */
export function betaShare(x: number, a: number, b: number): number {
	if (x <= 0) return 0;
	if (x >= 1) return 1;
	const front = Math.exp(
		logGamma(a + b) - logGamma(a) - logGamma(b) + a * Math.log(x) + b * Math.log(1 - x)
	);
	return x < (a + 1) / (a + b + 2)
		? (front * fraction(x, a, b)) / a
		: 1 - (front * fraction(1 - x, b, a)) / b;
}

function fraction(x: number, a: number, b: number): number {
	const tiny = 1e-300;
	const apart = (n: number) => (Math.abs(n) < tiny ? tiny : n);
	let c = 1;
	let d = 1 / apart(1 - ((a + b) * x) / (a + 1));
	let h = d;
	for (let m = 1; m < 10_000; m++) {
		for (const step of [
			(m * (b - m) * x) / ((a + 2 * m - 1) * (a + 2 * m)),
			(-(a + m) * (a + b + m) * x) / ((a + 2 * m) * (a + 2 * m + 1))
		]) {
			d = 1 / apart(1 + step * d);
			c = apart(1 + step / c);
			h *= c * d;
		}
		if (Math.abs(c * d - 1) < 1e-14) break;
	}
	return h;
}

/** The logarithm of the gamma function for positive numbers (Lanczos, g = 7). */
function logGamma(x: number): number {
	const [first, ...rest] = [
		0.99999999999980993, 676.5203681218851, -1259.1392167224028, 771.32342877765313,
		-176.61502916214059, 12.507343278686905, -0.13857109526572012, 9.9843695780195716e-6,
		1.5056327351493116e-7
	];
	const t = x + 6.5;
	const sum = rest.reduce((all, each, i) => all + each / (x + i), first);
	return 0.5 * Math.log(2 * Math.PI) + (x - 0.5) * Math.log(t) - t + Math.log(sum);
}
