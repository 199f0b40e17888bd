@echo off & setlocal enabledelayedexpansion
set A=%cd%\x
set "B=a b" & set /p C=
if "%1"=="" (docker run ^
 -v "%A%:/y" !B! %%i %~dp0x %B:~0,1% "unclosed) else start "" docker run %*
for /f %%i in (docker run) do call docker run <your-token> 2>NUL
:: cagelint: ignore[x]
^
