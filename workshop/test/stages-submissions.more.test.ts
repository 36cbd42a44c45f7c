import { sampleOf, testSubmissions } from './submission-tests.ts';

await testSubmissions((submission, all) => !sampleOf(all).has(submission));
