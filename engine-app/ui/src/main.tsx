import '@mantine/core/styles.css';
import '@/app/app.css';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { Application } from '@/app/Application';
import { startI18n } from '@/lib/i18n';

const root = document.getElementById('root');
if (root) {
  void startI18n().then(() => {
    createRoot(root).render(
      <StrictMode>
        <Application />
      </StrictMode>,
    );
  });
}
