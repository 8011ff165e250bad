import type { Path } from './case-path.ts';
import { backToTheCustomer } from './delivery-paths.ts';
import { atTheHub } from './hub-paths.ts';
import { toTheHubOtherwise } from './return-paths.ts';

/** Every path of a case besides the three stories, with what its events tell in the end. */
export const paths: Path[] = [...atTheHub, ...toTheHubOtherwise, ...backToTheCustomer];
