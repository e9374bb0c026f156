export { countStore, decideLoss, receiveGoods, sayLost } from './goods.ts';
export { addItem, addStore } from './places.ts';
export {
	lyingIn,
	stockOf,
	storePage,
	waybillPage,
	type BookRow,
	type Donation,
	type Loss,
	type Lying,
	type Shrinkage,
	type Waybill
} from './read.ts';
export { receiveWaybill, sendGoods } from './waybills.ts';
