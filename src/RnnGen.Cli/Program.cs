Console.Error.WriteLine("rnngen: no command yet");
return 2;
