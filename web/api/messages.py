"""Saying something to the assistant."""

from shop.conversations import Conversation
from web.kinds import AnyRequest
from web.operations import Operations
from web.schemas import MessageIn, MessageOut
from web.services import services

api = Operations("messages")


@api.add("POST", "/api/v1/messages")
async def send_message(request: AnyRequest, conversation: Conversation, body: MessageIn) -> MessageOut:
    """Send what the shopper wrote or pressed, and get the answer.

    Repeating a `client_message_id` gets the same answer and never a second turn, so a message whose answer
    was lost on the way can simply be sent again. In mode `human` no answer comes; staff write in the stream.
    """
    answer = await services(request).turns.take(conversation, body)
    return MessageOut.model_validate(
        {
            "turn_id": answer.turn_id,
            "status": answer.status,
            "messages": [dict(message) for message in answer.messages],
            "seqs": list(answer.seqs),
            "mode": answer.mode,
            "locale": answer.locale,
        }
    )
