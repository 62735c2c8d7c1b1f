ALTER TABLE `carrier_account` ADD `softphone_key_sid` text;--> statement-breakpoint
ALTER TABLE `carrier_account` ADD `softphone_secret_sealed` text;--> statement-breakpoint
ALTER TABLE `carrier_account` ADD `softphone_app_sid` text;--> statement-breakpoint
ALTER TABLE `carrier_account` ADD `softphone_url` text;