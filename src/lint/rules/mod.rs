//! The registry of rules, one file per rule.

use super::Rule;

mod aw001_unreadable_file;
mod aw002_oversized_file;
mod aw003_symlink;
mod aw004_not_a_file;
mod aw005_no_git_dates;
mod aw006_unused_allow;
mod aw007_miswritten_allow;
mod aw008_unknown_rule;
mod aw009_missing_source;
mod aw010_empty_source;
mod aw101_missing_front_matter;
mod aw102_invalid_syntax;
mod aw103_duplicate_key;
mod aw104_unsupported_yaml;
mod aw105_too_complex;
mod aw106_unknown_key;
mod aw107_missing_field;
mod aw108_wrong_type;
mod aw109_unknown_value;
mod aw110_duplicate_id;
mod aw111_unfit_title;
mod aw112_trailing_space;
mod aw201_time_without_offset;
mod aw202_impossible_time;
mod aw203_times_out_of_order;
mod aw204_time_in_future;
mod aw205_file_name_date_mismatch;
mod aw206_written_duration_mismatch;
mod aw207_closed_without_end;
mod aw208_long_incident;
mod aw209_prose_against_times;
mod aw301_missing_section;
mod aw302_empty_section;
mod aw303_duplicate_section;
mod aw304_section_order;
mod aw311_template_residue;
mod aw321_long_summary;
mod aw322_long_sentence;
mod aw323_unexpanded_acronym;
mod aw324_jargon;
mod aw331_mixed_list_markers;
mod aw401_timeline_out_of_order;
mod aw402_unreadable_timeline_time;
mod aw403_two_timelines;
mod aw404_short_timeline;
mod aw405_timeline_gap;
mod aw406_timeline_outside_incident;
mod aw407_timeline_without_zone;
mod aw408_claim_without_data;
mod aw421_impact_without_number;
mod aw422_window_outside_incident;
mod aw423_outage_while_degraded;
mod aw441_detection_unknown;
mod aw442_runbook_contradiction;
mod aw501_unknown_service;
mod aw502_unknown_team;
mod aw503_unknown_factor;
mod aw504_unknown_severity;
mod aw505_unknown_pattern;
mod aw506_service_alias;
mod aw507_unused_catalog_entry;
mod aw508_tag_spelling;
mod aw509_repeated_pattern;
mod aw521_no_factor;
mod aw522_person_as_factor;
mod aw523_trigger_among_factors;
mod aw531_recurrence_not_earlier;
mod aw601_action_without_owner;
mod aw602_action_without_due;
mod aw603_action_without_verb;
mod aw604_done_without_evidence;
mod aw605_duplicate_action_id;
mod aw606_vague_action;
mod aw607_unfit_due;
mod aw608_unbounded_action;
mod aw610_overdue_without_reason;
mod aw611_action_mends_people;
mod aw612_dropped_without_reason;
mod aw613_closed_with_open_action;
mod aw614_no_preventive_action;
mod aw615_action_in_body;
mod aw616_compound_action;
mod aw617_unverifiable_action;
mod aw618_factor_without_action;
mod aw619_repeated_action;
mod aw620_one_priority;
mod aw621_disappeared_action;
mod aw641_lesson_without_category;
mod aw661_review_missing;
mod aw662_late_review;
mod aw663_late_materials;
mod aw664_review_group_size;
mod aw665_review_length;
mod aw666_facilitator_takes_notes;
mod aw667_late_draft;
mod aw668_no_briefing;
mod aw669_facilitator_responded;
mod aw670_one_facilitator;
mod aw701_counterfactual;
mod aw702_failure_to_act;
mod aw703_human_error;
mod aw704_judging_character;
mod aw705_judging_word;
mod aw706_blame_term;
mod aw707_named_person;
mod aw708_animated_language;
mod aw709_single_cause;
mod aw710_who_or_why;
mod aw712_minimising_word;
mod aw801_broken_reference;
mod aw802_broken_link;
mod aw803_missing_image;
mod aw804_missing_alt_text;
mod aw805_raw_html;
mod aw806_unsafe_link;
mod aw807_remote_image;
mod aw808_missing_evidence;
mod aw809_unused_file;
mod aw810_search_expectation;
mod aw811_large_asset;
mod aw812_deploys_file;
mod aw813_unportable_name;
mod aw814_mistaken_file;
mod aw821_unknown_theme_file;
mod aw822_outdated_override;
mod aw823_unmarked_override;
mod aw824_failing_template;
mod aw825_low_contrast;
mod aw826_inline_code;
mod aw827_page_structure;
mod aw828_repeated_id;
mod aw829_dead_site_link;
mod aw830_unknown_text;
mod aw901_secret;
mod aw902_email_address;
mod aw903_ip_address;
mod aw904_handle_in_timeline;
mod aw905_invisible_character;
mod aw906_unclosed_internal;
mod aw907_unopened_internal;

pub use aw006_unused_allow::ID as UNUSED_ALLOW;
pub(super) use aw007_miswritten_allow::ID as MISWRITTEN_ALLOW;
pub use aw301_missing_section::CODE as MISSING_SECTION;
pub use aw810_search_expectation::ID as SEARCH_EXPECTATION;
pub(super) use aw901_secret::CODE as SECRET;

/// All rules, in the order of their codes.
pub const ALL: &[Rule] = &[
    aw001_unreadable_file::RULE,
    aw002_oversized_file::RULE,
    aw003_symlink::RULE,
    aw004_not_a_file::RULE,
    aw005_no_git_dates::RULE,
    aw006_unused_allow::RULE,
    aw007_miswritten_allow::RULE,
    aw008_unknown_rule::RULE,
    aw009_missing_source::RULE,
    aw010_empty_source::RULE,
    aw101_missing_front_matter::RULE,
    aw102_invalid_syntax::RULE,
    aw103_duplicate_key::RULE,
    aw104_unsupported_yaml::RULE,
    aw105_too_complex::RULE,
    aw106_unknown_key::RULE,
    aw107_missing_field::RULE,
    aw108_wrong_type::RULE,
    aw109_unknown_value::RULE,
    aw110_duplicate_id::RULE,
    aw111_unfit_title::RULE,
    aw112_trailing_space::RULE,
    aw201_time_without_offset::RULE,
    aw202_impossible_time::RULE,
    aw203_times_out_of_order::RULE,
    aw204_time_in_future::RULE,
    aw205_file_name_date_mismatch::RULE,
    aw206_written_duration_mismatch::RULE,
    aw207_closed_without_end::RULE,
    aw208_long_incident::RULE,
    aw209_prose_against_times::RULE,
    aw301_missing_section::RULE,
    aw302_empty_section::RULE,
    aw303_duplicate_section::RULE,
    aw304_section_order::RULE,
    aw311_template_residue::RULE,
    aw321_long_summary::RULE,
    aw322_long_sentence::RULE,
    aw323_unexpanded_acronym::RULE,
    aw324_jargon::RULE,
    aw331_mixed_list_markers::RULE,
    aw401_timeline_out_of_order::RULE,
    aw402_unreadable_timeline_time::RULE,
    aw403_two_timelines::RULE,
    aw404_short_timeline::RULE,
    aw405_timeline_gap::RULE,
    aw406_timeline_outside_incident::RULE,
    aw407_timeline_without_zone::RULE,
    aw408_claim_without_data::RULE,
    aw421_impact_without_number::RULE,
    aw422_window_outside_incident::RULE,
    aw423_outage_while_degraded::RULE,
    aw441_detection_unknown::RULE,
    aw442_runbook_contradiction::RULE,
    aw501_unknown_service::RULE,
    aw502_unknown_team::RULE,
    aw503_unknown_factor::RULE,
    aw504_unknown_severity::RULE,
    aw505_unknown_pattern::RULE,
    aw506_service_alias::RULE,
    aw507_unused_catalog_entry::RULE,
    aw508_tag_spelling::RULE,
    aw509_repeated_pattern::RULE,
    aw521_no_factor::RULE,
    aw522_person_as_factor::RULE,
    aw523_trigger_among_factors::RULE,
    aw531_recurrence_not_earlier::RULE,
    aw601_action_without_owner::RULE,
    aw602_action_without_due::RULE,
    aw603_action_without_verb::RULE,
    aw604_done_without_evidence::RULE,
    aw605_duplicate_action_id::RULE,
    aw606_vague_action::RULE,
    aw607_unfit_due::RULE,
    aw608_unbounded_action::RULE,
    aw610_overdue_without_reason::RULE,
    aw611_action_mends_people::RULE,
    aw612_dropped_without_reason::RULE,
    aw613_closed_with_open_action::RULE,
    aw614_no_preventive_action::RULE,
    aw615_action_in_body::RULE,
    aw616_compound_action::RULE,
    aw617_unverifiable_action::RULE,
    aw618_factor_without_action::RULE,
    aw619_repeated_action::RULE,
    aw620_one_priority::RULE,
    aw621_disappeared_action::RULE,
    aw641_lesson_without_category::RULE,
    aw661_review_missing::RULE,
    aw662_late_review::RULE,
    aw663_late_materials::RULE,
    aw664_review_group_size::RULE,
    aw665_review_length::RULE,
    aw666_facilitator_takes_notes::RULE,
    aw667_late_draft::RULE,
    aw668_no_briefing::RULE,
    aw669_facilitator_responded::RULE,
    aw670_one_facilitator::RULE,
    aw701_counterfactual::RULE,
    aw702_failure_to_act::RULE,
    aw703_human_error::RULE,
    aw704_judging_character::RULE,
    aw705_judging_word::RULE,
    aw706_blame_term::RULE,
    aw707_named_person::RULE,
    aw708_animated_language::RULE,
    aw709_single_cause::RULE,
    aw710_who_or_why::RULE,
    aw712_minimising_word::RULE,
    aw801_broken_reference::RULE,
    aw802_broken_link::RULE,
    aw803_missing_image::RULE,
    aw804_missing_alt_text::RULE,
    aw805_raw_html::RULE,
    aw806_unsafe_link::RULE,
    aw807_remote_image::RULE,
    aw808_missing_evidence::RULE,
    aw809_unused_file::RULE,
    aw810_search_expectation::RULE,
    aw811_large_asset::RULE,
    aw812_deploys_file::RULE,
    aw813_unportable_name::RULE,
    aw814_mistaken_file::RULE,
    aw821_unknown_theme_file::RULE,
    aw822_outdated_override::RULE,
    aw823_unmarked_override::RULE,
    aw824_failing_template::RULE,
    aw825_low_contrast::RULE,
    aw826_inline_code::RULE,
    aw827_page_structure::RULE,
    aw828_repeated_id::RULE,
    aw829_dead_site_link::RULE,
    aw830_unknown_text::RULE,
    aw901_secret::RULE,
    aw902_email_address::RULE,
    aw903_ip_address::RULE,
    aw904_handle_in_timeline::RULE,
    aw905_invisible_character::RULE,
    aw906_unclosed_internal::RULE,
    aw907_unopened_internal::RULE,
];
