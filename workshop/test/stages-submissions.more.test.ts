import { firstOf, testSubmissions } from './submission-tests.ts';

await testSubmissions((submission, all) => !firstOf(all).has(submission));
