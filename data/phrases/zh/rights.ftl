# What shoppers read about their own data: the profile in chat, the receipt of an erasure, the account page.

rights-fact-bare = • { $text }
rights-fact = { $count ->
    [1] • { $text }（{ $source }）
   *[other] • { $text }
      （{ $source }）
}
rights-more = ……还有 { $count } 条，请看“我的数据”页面
rights-part = { $part ->
    [conversations] { $count } 条聊天消息
    [profile] { $count } 条个人画像和设置
    [cart] 购物车 { $count } 项
    [offers] { $count } 条活动和优惠券
    [account] { $count } 条账户资料（姓名、地址）
    [orders] { $count } 个订单
    [log] { $count } 条点击和浏览
    [audit] { $count } 条审计记录
    [trackers] 助手记忆 { $count } 条
    [logs] 技术日志中的 { $count } 处标记
   *[imports] { $count } 行导入时搁置的数据
}
rights-list-and = { $first }；{ $second }
rights-nothing = 无
rights-download = 下载我的数据（JSON）
rights-receipt = 已完成。回执号 { $number }，{ $moment }。已删除：{ $deleted }。匿名保留：{ $kept }。
rights-receipt-open = 您的数据已从店里删除，其余清理还在进行中；凭回执号 { $number } 可以查看何时完成。
rights-receipt-afterwards = 您已退出登录，我们重新认识。

storefront-my-data = 我的数据
storefront-my-data-lead = 本店了解您的哪些信息、从哪里来，以及您可以怎么处理。
storefront-my-data-visit = 您还没有登录，所以这里只有本次访问的信息。
storefront-my-data-facts = 我们了解的信息
storefront-my-data-no-facts = 目前还没有。
storefront-my-data-take-back = 撤销
storefront-my-data-personal = 个性化推荐
storefront-my-data-personal-on = 已开启：推荐会参考您在这里购买和浏览的商品。
storefront-my-data-personal-off = 已暂停：不会查看您的订单，也不会计算您的画像。
storefront-my-data-pause = 暂停
storefront-my-data-resume = 重新开启
storefront-my-data-copy = 数据副本
storefront-my-data-copy-more = 我们保存的与您有关的全部内容，一个 JSON 文件，您可以留存或带到别处。
storefront-my-data-download = 下载
storefront-my-data-erase = 删除
storefront-my-data-erase-more = 将删除您的聊天、画像、设置、购物车、优惠券和账户。依法，订单会去掉您的姓名后留在账上；点击只保留数字。删除后无法恢复。
storefront-my-data-erase-what = 具体包括：{ $what }。
storefront-my-data-erase-sure = 是的，我要全部删除
storefront-my-data-erase-now = 全部删除
storefront-receipt = 删除回执
storefront-receipt-number = 编号 { $number }
storefront-receipt-began = 申请时间：{ $moment }
storefront-receipt-ended = 完成时间：{ $moment }
storefront-receipt-open = 仍在进行，请稍后再看。
storefront-receipt-deleted = 已删除：{ $what }
storefront-receipt-kept = 匿名保留：{ $what }
storefront-receipt-keep = 请保存编号：它能证明已经删除，且不含任何身份信息。
