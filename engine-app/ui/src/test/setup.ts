import { configure } from '@testing-library/react';

// Only waited for in vain: a busy machine may take seconds to show a large form.
configure({ asyncUtilTimeout: 10_000 });
