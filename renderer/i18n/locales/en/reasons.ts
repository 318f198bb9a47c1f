import { englishReasons } from '../../../../shared/rules';

export default englishReasons;
