# 助手无法作答时，由网页服务自己说的话。

web-notice-assistant-unavailable = 抱歉，我现在暂时无法回答。您的消息已经保存，请稍后再试。
web-notice-turn-interrupted = 抱歉，我还没来得及回答就被打断了。请再问我一次。
web-notice-handoff-requested = 我已经通知客服。{ $staff }
web-notice-bot-resumed = 我回来了。我是智能助手，不是真人。请问有什么可以帮您？
web-offer-person = 或者，您想请工作人员来处理吗？
web-button-person = 联系人工

# 顾客点按卡片上的按钮时，对话里显示的话。
web-action-similar = 我想看看和“{ $name }”类似的商品
web-action-why = 为什么给我推荐“{ $name }”？
web-action-recommend = 有什么推荐吗？
web-action-orders = 我的订单到哪儿了？
web-action-coupons = 我有优惠券吗？
web-action-person = 我想联系人工
web-action-bot = 请转回智能助手
