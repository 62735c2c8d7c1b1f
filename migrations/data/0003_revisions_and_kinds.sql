ALTER TABLE `script` ADD `revision` integer DEFAULT 1 NOT NULL;--> statement-breakpoint
ALTER TABLE `campaign` ADD `kind` text DEFAULT 'list' NOT NULL;