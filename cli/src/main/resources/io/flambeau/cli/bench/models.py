"""The training steps of Training.java and Models.java in PyTorch."""
import torch
from torch import nn
from torch.nn import functional as F


class Case:
    """A piece of work; make(compile) gives a function that does it so many times."""

    def __init__(self, make, compiles):
        self.make = make
        self.compiles = compiles


def each(work):
    def run(times):
        for _ in range(times):
            work()

    return run


class Block(nn.Module):
    def __init__(self, width, heads):
        super().__init__()
        self.heads = heads
        self.norm1, self.norm2 = nn.LayerNorm(width), nn.LayerNorm(width)
        self.qkv, self.out = nn.Linear(width, 3 * width), nn.Linear(width, width)
        self.mlp = nn.Sequential(nn.Linear(width, 4 * width), nn.GELU(), nn.Linear(4 * width, width))

    def forward(self, x):
        b, t, w = x.shape
        q, k, v = self.qkv(self.norm1(x)).reshape(b, t, 3, self.heads, w // self.heads).permute(2, 0, 3, 1, 4).unbind(0)
        seen = F.scaled_dot_product_attention(q, k, v, is_causal=True)
        x = x + self.out(seen.transpose(1, 2).reshape(b, t, w))
        return x + self.mlp(self.norm2(x))


class Gpt(nn.Module):
    def __init__(self, vocabulary, time, width, layers, heads):
        super().__init__()
        self.tokens, self.positions = nn.Embedding(vocabulary, width), nn.Embedding(time, width)
        self.blocks = nn.ModuleList(Block(width, heads) for _ in range(layers))
        self.norm, self.head = nn.LayerNorm(width), nn.Linear(width, vocabulary, bias=False)

    def forward(self, x):
        x = self.tokens(x) + self.positions(torch.arange(x.shape[1]))
        for block in self.blocks:
            x = block(x)
        return self.head(self.norm(x)).flatten(0, 1)


def conv(inputs, outputs, kernel, stride):
    return nn.Conv2d(inputs, outputs, kernel, stride=stride, padding=kernel // 2, bias=False)


class Residual(nn.Module):
    def __init__(self, inputs, outputs, stride):
        super().__init__()
        self.body = nn.Sequential(
            conv(inputs, outputs, 3, stride), nn.BatchNorm2d(outputs), nn.ReLU(),
            conv(outputs, outputs, 3, 1), nn.BatchNorm2d(outputs))
        self.shortcut = nn.Sequential() if inputs == outputs else nn.Sequential(
            conv(inputs, outputs, 1, stride), nn.BatchNorm2d(outputs))

    def forward(self, x):
        return F.relu(self.body(x) + self.shortcut(x))


class Output(nn.Module):
    """The output of a recurrent layer, without its last state."""

    def __init__(self, layer):
        super().__init__()
        self.layer = layer

    def forward(self, x):
        return self.layer(x)[0]


def xor():
    model = nn.Sequential(nn.Linear(2, 4), nn.ReLU(), nn.Linear(4, 1), nn.Sigmoid())
    x, y = torch.tensor([[0.0, 0], [0, 1], [1, 0], [1, 1]]), torch.tensor([[0.0], [1], [1], [0]])
    return model, torch.optim.Adam(model.parameters()), x, y, F.binary_cross_entropy


def mlp():
    model = nn.Sequential(nn.Linear(784, 256), nn.ReLU(), nn.Linear(256, 10))
    optimizer = torch.optim.SGD(model.parameters(), lr=0.01)
    return model, optimizer, torch.randn(64, 784), torch.randint(10, (64,)), F.cross_entropy


def cnn():
    model = nn.Sequential(
        nn.Conv2d(1, 32, 3, padding=1), nn.ReLU(), nn.MaxPool2d(2),
        nn.Conv2d(32, 64, 3, padding=1), nn.ReLU(), nn.MaxPool2d(2),
        nn.Flatten(), nn.Linear(64 * 7 * 7, 128), nn.ReLU(), nn.Linear(128, 10))
    x, y = torch.randn(64, 1, 28, 28), torch.randint(10, (64,))
    return model, torch.optim.Adam(model.parameters()), x, y, F.cross_entropy


def gpt(time, width, layers, heads, batch):
    model = Gpt(96, time, width, layers, heads)
    x, y = torch.randint(96, (batch, time)), torch.randint(96, (batch * time,))
    return model, torch.optim.AdamW(model.parameters()), x, y, F.cross_entropy


def lstm():
    model = Output(nn.LSTM(64, 128))
    return model, torch.optim.Adam(model.parameters()), torch.randn(50, 32, 64), torch.randn(50, 32, 128), F.mse_loss


def resnet(stem, size, batch):
    model = nn.Sequential(
        *stem(),
        Residual(64, 64, 1), Residual(64, 64, 1), Residual(64, 128, 2), Residual(128, 128, 1),
        Residual(128, 256, 2), Residual(256, 256, 1), Residual(256, 512, 2), Residual(512, 512, 1),
        nn.AdaptiveAvgPool2d(1), nn.Flatten(), nn.Linear(512, 10))
    optimizer = torch.optim.SGD(model.parameters(), lr=0.01, momentum=0.9)
    return model, optimizer, torch.randn(batch, 3, size, size), torch.randint(10, (batch,)), F.cross_entropy


def small_stem():
    return conv(3, 64, 3, 1), nn.BatchNorm2d(64), nn.ReLU()


def large_stem():
    return conv(3, 64, 7, 2), nn.BatchNorm2d(64), nn.ReLU(), nn.MaxPool2d(3, 2, 1)


def training(parts, *arguments):
    def make(compile):
        model, optimizer, x, y, loss = parts(*arguments)
        forward = compile(lambda x, y: loss(model(x), y))
        update = compile(optimizer.step)

        def step():
            optimizer.zero_grad()
            value = forward(x, y)
            value.backward()
            update()
            value.item()

        return each(step)

    return Case(make, True)


RESNET_224 = "ResNet-18 (224x224), batch 128, SGD momentum"
GPT_384 = "GPT 6x384, T 256, batch 64, AdamW"
CASES = {
    "xor 2-4-1, Adam": training(xor),
    "MLP 784-256-10, batch 64, SGD": training(mlp),
    "CNN 28x28 (32, 64 channels), batch 64, Adam": training(cnn),
    "GPT 4x128, T 64, batch 16, AdamW": training(gpt, 64, 128, 4, 4, 16),
    GPT_384: training(gpt, 256, 384, 6, 6, 64),
    "LSTM 64-128, T 50, batch 32, Adam": training(lstm),
    "ResNet-18 (32x32), batch 16, SGD momentum": training(resnet, small_stem, 32, 16),
    RESNET_224: training(resnet, large_stem, 224, 128),
}
