"""Ordinary sentences with their translation, in which no amount is lacking; each is written as it would be said."""

from __future__ import annotations

import pytest

from toolkit.bilingual.amounts import missing
from toolkit.translate.amounts import changed_numbers

SENTENCES = """
昨天我花了八十八块钱买了两斤苹果|Yesterday I spent 88 yuan on a kilo of apples
今年的营收同比增长了百分之二十三点六|Revenue grew 23.6% year on year this year
我们公司有三千多名员工|Our company has more than 3,000 employees
这套房子卖了一千二百八十万|This apartment sold for 12.8 million
中国有十四亿人口|China has a population of 1.4 billion
他从一九七八年开始工作|He started working in 1978
改革开放四十多年来|In the more than four decades since reform and opening up
这个模型有一点八万亿个参数|This model has 1.8 trillion parameters
推理成本降了十倍|Inference costs fell tenfold
速度提高了三到五倍|It's three to five times faster
我七点一刻起床，八点上班|I get up at a quarter past seven and start work at eight
火车晚点四十分钟|The train was forty minutes late
第七十五届联合国大会|The 75th session of the UN General Assembly
他排名第三|He came in third
一百公里加速只要三点二秒|0 to 100 km/h in just 3.2 seconds
电池容量五千毫安时|A 5,000 mAh battery
屏幕六点七英寸|A 6.7-inch screen
十二生肖|the Chinese zodiac
二十四小时不打烊|Open 24/7
一年三百六十五天|365 days a year
一周七天都开|Open 7 days a week
两会期间|during the Two Sessions
四个现代化|the Four Modernizations
五百强企业|a Fortune 500 company
双十二也有优惠|There are discounts on Double Twelve too
二手车市场|the used-car market
一线城市的房租|rent in first-tier cities
三四线城市|third- and fourth-tier cities
打了九折|10% off
便宜了两成|20% cheaper
有一半以上的人同意|More than half agreed
四分之一的学生|a quarter of the students
十有八九是他干的|It was almost certainly him
八九不离十|That's about right
半斤八两|Six of one and half a dozen of the other
一五一十地说|tell the whole story
三番五次地打断|interrupted again and again
百闻不如一见|Seeing is believing
千里之行始于足下|A journey of a thousand miles begins with a single step
十年树木，百年树人|It takes ten years to grow a tree and a hundred to raise a people
九九乘法表|the multiplication table
一百二十个放心|You can rest completely assured
他今年二十五六岁|He is twenty-five or twenty-six
大概五六十人|about 50 to 60 people
每平方米三万多块|over 30,000 yuan per square meter
一共两万五千里长征|the 25,000-li Long March
气温降到了零下十五度|The temperature dropped to minus 15
手机号是一三八开头的|The number starts with 138
房间号三零二|Room 302
请拨打110|Call 110
航班CA1234|Flight CA1234
第十四届全国人大|the 14th National People's Congress
党的二十大|the 20th Party Congress
二十大报告|the report to the 20th National Congress
十八大以来|since the 18th Party Congress
三中全会|the third plenary session
十九届四中全会|the Fourth Plenary Session of the 19th Central Committee
2023年第三季度净利润为45.6亿元，同比下降12%|Net profit was 4.56 billion yuan in Q3 2023, down 12% year on year
从0到1的突破|a zero-to-one breakthrough
1:1还原|a one-to-one recreation
十几亿人口的市场|a market of over a billion people
几千万美元的融资|tens of millions of dollars in funding
数百万辆车|millions of vehicles
上百家公司|over a hundred companies
融资了两千万美金|raised $20 million
估值达到十亿美元|valued at $1 billion
市值蒸发了三千亿|$300 billion in market value was wiped out
两点五万亿|2.5 trillion
每天二点五小时|2.5 hours a day
零点五个百分点|half a percentage point
加息二十五个基点|raised rates by 25 basis points
他跑了一万米|He ran 10,000 meters
百米冲刺|a 100-meter dash
两米高|two meters tall
三室一厅|a three-bedroom apartment
一百五十平米的房子|a 150-square-meter home
一加一等于二|One plus one equals two
三乘五等于十五|Three times five is fifteen
50后、60后和70后|people born in the 50s, 60s and 70s
80年代末|the late eighties
21世纪初|the early twenty-first century
公元前221年|221 BC
十二点半吃午饭|lunch at half past twelve
凌晨两点|2 a.m.
下午两点到四点|from 2 to 4 p.m.
上午9:30-11:00|from 9:30 to 11 a.m.
12月25日是圣诞节|Christmas is on December 25th
六月一号儿童节|Children's Day is June 1st
五一放假五天|Five days off for May Day
七七事变|the Marco Polo Bridge Incident
学了三年半的钢琴|studied piano for three and a half years
一天三顿饭|three meals a day
万分感谢|Thank you so much
四面八方的人|people from all over
一千零一夜|The Arabian Nights
乱七八糟|a total mess
三天打鱼两天晒网|work by fits and starts
一心一意|wholeheartedly
这是我第二十三次来北京|This is my twenty-third visit to Beijing
H100比A100快三倍|The H100 is three times faster than the A100
用了两万张H800|using 20,000 H800s
671B参数，激活37B|671 billion parameters, 37 billion activated
上下文长度128K|a context length of 128K
温度设成0.7|Set the temperature to 0.7
准确率从百分之八十五提升到百分之九十二|Accuracy rose from 85 to 92 percent
Python 3.10以上|Python 3.10 or later
每秒60帧|60 frames per second
1080P的视频|1080p video
100多页的论文|a paper of over 100 pages
二十来岁的小伙子|a guy in his twenties
十来天|ten days or so
一万多字|more than ten thousand characters
一百个人里有九十九个|ninety-nine out of a hundred people
千分之三的概率|a 0.3% chance
万分之一|one in ten thousand
十分之一|one tenth
一百零八将|the 108 heroes
三十六岁生日|his thirty-sixth birthday
两百五十克|250 grams
四舍五入|round it off
五湖四海|all corners of the land
百万级别的用户|users in the millions
一亿多人看过|Over a hundred million people have seen it
十亿级参数|billions of parameters
上千亿的市场|a market worth hundreds of billions
三十出头|in her early thirties
他六十大寿|his sixtieth birthday
两万块钱一个月|20,000 a month
月薪3k到5k|a monthly salary of 3,000 to 5,000
每年10万-15万|100,000 to 150,000 a year
2到3个月|two to three months
一两百万|one or two million
百八十块钱|a hundred yuan or so
千儿八百|around a thousand
小两万|almost 20,000
二三十年|two or three decades
十之八九|nine times out of ten
咱们分三步走，第一步先把数据洗干净|We'll do it in three steps; first, clean the data
大概有个七八百万吧|roughly seven or eight million, I guess
一个亿两个亿的投资都不算什么|An investment of one or two hundred million is nothing
我就说一点|Let me make just one point
差一点就赶不上了|I almost missed it
一点也不贵|Not expensive at all
有一点点难|It's a little hard
你说的百分之百正确|You are absolutely right
一百块人民币|a hundred yuan
学费一年要四万五|Tuition is 45,000 a year
两万五一个月|25,000 a month
四千五百块一平|4,500 yuan per square meter
十八九岁的年轻人|young people of eighteen or nineteen
三五个人就够了|Three to five people are enough
三五百人的小公司|a small company of three to five hundred people
上世纪八九十年代|in the 1980s and 1990s
七八九月最热|July, August and September are the hottest
二零二三到二零二五年|from 2023 to 2025
2023-2025年|2023 to 2025
2023/24赛季|the 2023/24 season
三十万到五十万之间|between 300,000 and 500,000
50到60岁的人群|people aged 50 to 60
占了三分之二还多|accounts for more than two thirds
六分之五|five-sixths
翻了四倍|quadrupled
同比增长200%|tripled year on year
两倍于去年|200% of last year's
便宜一半|half the price
GDP增长5.2%|GDP grew by 5.2 percent
负增长百分之二|a 2% decline
万亿级市场|a trillion-yuan market
20万亿的规模|a scale of 20 trillion
四十万亿人民币|RMB 40 trillion
600多亿美金|more than 60 billion dollars
一千六百多亿|over 160 billion
两百零八平方公里|208 square kilometers
第一百次演出|the hundredth performance
第二十一条规定|Article 21 provides
一九四九年十月一号|October 1, 1949
九十年代初我才十几岁|I was just a teenager in the early '90s
她二十八九了还没结婚|She's twenty-eight or twenty-nine and still single
早上六点五十的飞机|My flight is at 6:50 a.m.
晚上十一点四十五分|11:45 p.m.
五点五十五|five to six
两点差一刻|a quarter to two
等了我两个多小时|I waited for over two hours
七天无理由退货|a seven-day return policy
三点水的偏旁|the water radical
八达岭长城|the Badaling Great Wall
三星堆遗址|the Sanxingdui site
四川省|Sichuan province
六神无主|at a loss
二话不说就走了|He left without another word
一不小心就输了|lost by accident
三下五除二就搞定了|got it done in no time
百年老店|a century-old shop
千年古镇|a thousand-year-old town
五千年文明|five thousand years of civilization
万里长城|the Great Wall
百万富翁|a millionaire
亿万富豪|a billionaire
五百万大奖|a five-million jackpot
十元店|a ten-yuan store
二百五|an idiot
三七分成|a 30-70 split
五五开|fifty-fifty
二八定律|the 80/20 rule
九九六工作制|the 996 work schedule
九五后员工|employees born after 1995
三高人群|people with high blood pressure, blood sugar and cholesterol
第一季度营收一百一十二亿|Q1 revenue was 11.2 billion
每股收益一块二毛五|earnings per share of 1.25 yuan
油价涨到八块三了|Gas has risen to 8.3 yuan
股价跌了三个百分点|The stock fell three percentage points
一公斤二十块|20 yuan per kilo
一米七五左右|about 175 cm
海拔三千七百米|at an altitude of 3,700 meters
时速三百五十公里|350 km/h
四十二点一九五公里|42.195 km
二十一世纪不动产|Century 21 Real Estate
三百六十度评估|a 360-degree review
一八四零年鸦片战争|the Opium War of 1840
五四运动|the May Fourth Movement
12306网站|the 12306 website
六百零一万|6.01 million
1.5到2倍|1.5 to 2 times
一千到一千五|1,000 to 1,500
3000万到5000万元|30 to 50 million yuan
半个世纪|half a century
半数以上|more than half
四分之一个世纪|a quarter of a century
过了一个半月|a month and a half later
三个月后|after a quarter
一个季度|three months
90分钟的电影|an hour-and-a-half movie
五六万块钱|fifty or sixty thousand yuan
一二十人|ten or twenty people
十万八万的|a hundred thousand or so
三万两万|twenty or thirty thousand
几十年如一日|day after day for decades
好几百块|several hundred yuan
成百上千的学生|hundreds of students
两三年内|within two to three years
八十岁的老人|an eighty-year-old
4岁的孩子|a four-year-old child
两点二十|twenty past two
七点五十|ten to eight
体温三十八度五|a temperature of 38.5
一九九几年的时候|sometime in the 1990s
我们二期工程投了三点五个亿|We put 350 million into phase two
千把块钱|about a thousand yuan
延迟降到两百毫秒以内|latency under 200 ms
"""


@pytest.mark.parametrize("line", SENTENCES.strip().splitlines())
def test_no_amount_is_asked_for_in_vain(line: str) -> None:
    chinese, english = line.split("|")
    assert changed_numbers(chinese, english) == []
    assert changed_numbers(english, chinese) == []
    assert not missing(chinese, english)
    assert not missing(english, chinese)
