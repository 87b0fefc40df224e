# What web itself says in a conversation, when it stands in for the assistant.

web-notice-assistant-unavailable = Sorry, I cannot answer right now. Your message is kept; please try again in a moment.
web-notice-turn-interrupted = Sorry, I was interrupted before I could answer. Please ask me once more.
web-notice-handoff-requested = I have asked our staff to join. { $staff }
web-notice-bot-resumed = I am back: the assistant, a program. What can I do for you?
web-offer-person = Or would you rather have a person look at it?
web-button-person = Talk to a person

# What a shopper is seen to say when they press something on a card.
web-action-similar = Show me something like { $name }
web-action-why = Why do you show me { $name }?
web-action-recommend = What do you recommend?
web-action-orders = Where is my order?
web-action-coupons = Do I have coupons?
web-action-person = I would like to talk to a person
web-action-bot = Back to the assistant, please
