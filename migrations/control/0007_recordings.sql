ALTER TABLE `tenant` ADD `recording_retention_days` integer;--> statement-breakpoint
ALTER TABLE `tenant` ADD `recording_notice` text;